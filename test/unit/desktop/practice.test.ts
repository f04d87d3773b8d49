import { describe, expect, test } from 'vitest'
import { readLaunchOptions } from '../../../main/desktop/launch-options.ts'
import { refusedSwitches, switchesOfPractice } from '../../../main/desktop/switches.ts'
import { trayTip } from '../../../main/desktop/tray-menu.ts'
import { windowTitle } from '../../../main/desktop/window-title.ts'
import { emptyQueue } from '../../support/empty-queue.ts'

describe('the practice window beside a live till', () => {
  test('is training, wherever its records and keys are', () => {
    const options = readLaunchOptions((name) => (name === 'mode' ? 'practice' : ''), {})
    expect(options).toMatchObject({ mode: 'training', practice: true, trainingGateway: null })
    expect(readLaunchOptions((name) => (name === 'mode' ? 'live' : ''), {})).toMatchObject({
      mode: 'live',
      practice: false,
    })
  })

  test('says in title and tray what it is, in both languages, before all else', () => {
    const runtime = {
      version: '1.0.0',
      electron: '45.4.1',
      development: false,
      practice: true,
      shortcut: null,
    }
    for (const language of ['zh-CN', 'en'] as const) {
      const title = windowTitle({ mode: 'training', language, runtime })
      expect(title).toMatch(/^(PRACTICE 培训|培训 PRACTICE) · /)
      const queue = { ...emptyQueue, waiting: 3, oldestAt: 1 }
      expect(trayTip({ language, compact: false, queue, runtime })).toMatch(/PRACTICE/)
    }
  })

  test('is started with switches that a packaged program takes', () => {
    const argv = switchesOfPractice
      // In development alone.
      .filter((name) => name !== 'user-data-dir')
      .map((name) => `--${name}`)
    const launch = { argv: [...argv, '--mode=practice'], isPackaged: true, isRoot: true }
    expect(refusedSwitches({ ...launch, isInspected: false, isCommand: () => false })).toEqual([])
  })
})
