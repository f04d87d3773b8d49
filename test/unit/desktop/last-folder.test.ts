import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLastFolder } from '../../../main/desktop/last-folder.ts'

const stick = path.join(path.sep, 'media', 'stick')

describe('a dialog for files', () => {
  test('begins where the system wants until something was chosen', () => {
    const last = createLastFolder()
    expect(last.begin()).toEqual({})
    expect(last.begin('day.csv')).toEqual({ defaultPath: 'day.csv' })
    for (const nothing of ['', null, undefined]) expect(last.remember(nothing)).toBe(nothing)
    expect(last.begin()).toEqual({})
  })

  test('begins beside what was chosen last', () => {
    const last = createLastFolder()
    expect(last.remember(path.join(stick, 'a.csv'))).toBe(path.join(stick, 'a.csv'))
    expect(last.begin()).toEqual({ defaultPath: stick })
    expect(last.begin('b.csv')).toEqual({ defaultPath: path.join(stick, 'b.csv') })
    last.rememberFolder(path.sep)
    expect(last.begin()).toEqual({ defaultPath: path.sep })
  })
})
