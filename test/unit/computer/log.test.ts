import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openLog } from '../../../main/computer/log.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = path.join(temporary.path, 'logs')
  return () => temporary.remove()
})

function read(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8')
}

function modeOf(name: string): number {
  return statSync(path.join(folder, name)).mode & 0o777
}

test('the log is for this account alone, and so is one that an earlier version left open', () => {
  openLog(folder).info('app.started')
  expect(read('till.log')).toContain('app.started')
  expect(modeOf('till.log')).toBe(0o600)
  chmodSync(path.join(folder, 'till.log'), 0o644)
  writeFileSync(path.join(folder, 'till.old.log'), '', { mode: 0o644 })
  openLog(folder)
  expect([modeOf('till.log'), modeOf('till.old.log')]).toEqual([0o600, 0o600])
})

function line(day: number): string {
  return `{"at":"2026-11-0${day}T00:00:00.000Z","event":"e${day}"}\n`
}

test('lines from before the time that the shop keeps data from are deleted', () => {
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'till.old.log'), line(1) + line(2))
  writeFileSync(path.join(folder, 'till.log'), `half a line\n${line(3)}${line(5)}`)
  const log = openLog(folder)
  log.forgetBefore(Date.parse('2026-11-04'))
  expect(read('till.old.log')).toBe('')
  expect(read('till.log')).toBe(line(5))
  log.info('later')
  expect(read('till.log')).toContain(line(5))
  expect(read('till.log')).toContain('later')
  expect(modeOf('till.log')).toBe(0o600)
  expect(readdirSync(folder).toSorted()).toEqual(['till.log', 'till.old.log'])
})
