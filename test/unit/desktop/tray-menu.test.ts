import { expect, test } from 'vitest'
import { trayMenu, trayTip } from '../../../main/desktop/tray-menu.ts'
import { emptyQueue } from '../../support/empty-queue.ts'

const shown = {
  language: 'en',
  compact: false,
  queue: { ...emptyQueue, waiting: 3, oldestAt: 1 },
  runtime: {
    version: '1.0.0',
    electron: '45.4.1',
    development: false,
    practice: false,
    shortcut: 'Ctrl+Alt+H',
  },
} as const

test('the tray menu opens the till, switches to the small window and quits', () => {
  const done: string[] = []
  const menu = trayMenu(shown, {
    raise: () => done.push('raise'),
    setCompact: (compact) => done.push(`compact ${compact}`),
    quit: () => done.push('quit'),
  })
  for (const item of menu) if (item.click) Reflect.apply(item.click, undefined, [])
  expect(done).toEqual(['raise', 'compact true', 'quit'])
  expect(menu[0]?.label).toBe('Open Hexiao Till (Ctrl+Alt+H)')
})

test("the tray icon's tooltip counts what waits", () => {
  expect(trayTip(shown)).toBe('Hexiao Till · 3 waiting')
  expect(trayTip({ ...shown, queue: { ...shown.queue, waiting: 0 } })).toBe('Hexiao Till')
})
