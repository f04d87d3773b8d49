import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type InstallFault,
  type InstallWay,
  noUpdates,
  type UpdateState,
} from '../../../main/contract/updates.ts'
import { createUpdateInstaller } from '../../../main/updates/update-installer.ts'
import type { Trade } from '../../../main/updates/when-to-install.ts'

const found = { version: '1.2.0', notes: '' }
const address = 'https://it.example.com/till'
const start = Date.parse('2026-11-26T03:00:00+08:00')
const hourMs = 3_600_000

beforeEach(() => void vi.useFakeTimers({ now: start }))
afterEach(() => void vi.useRealTimers())

async function installing(
  of: {
    state?: Partial<UpdateState>
    way?: InstallWay
    downloads?: readonly (InstallFault | null)[]
    trade?: Trade | null
  } = {},
) {
  const state = { ...noUpdates, address, found, automatic: true, ...of.state }
  const trade = of.trade === undefined ? { waiting: 0, isShiftOpen: false, touchedAt: 0 } : of.trade
  const downloads = [...(of.downloads ?? [])]
  const done: string[] = []
  const installer = createUpdateInstaller({
    state: { get: () => state },
    program: {
      way: async () => of.way ?? 'by-itself',
      async download(from) {
        done.push(`download ${from}`)
        return downloads.shift() ?? null
      },
      onPercent: () => () => undefined,
      async install() {
        done.push('install')
        return 'not-installed'
      },
    },
    trade: () => trade,
    clock: Date.now,
    onChange: () => undefined,
    onFault: (cause) => expect.unreachable(String(cause)),
  })
  onTestFinished(() => installer.close())
  await vi.advanceTimersByTimeAsync(0)
  return { installer, done, state }
}

describe('what was found is', () => {
  test('fetched at once and installed at its hour, once', async () => {
    const { installer, done } = await installing()
    expect(done).toEqual([`download ${address}`])
    expect(installer.progress()).toMatchObject({ stage: 'ready', way: 'by-itself' })
    await vi.advanceTimersByTimeAsync(59 * 60_000)
    expect(done).not.toContain('install')
    await vi.advanceTimersByTimeAsync(2 * 60_000)
    expect(done.filter((each) => each === 'install')).toHaveLength(1)
    // It came back, so it was not installed: said, and tried again later.
    expect(installer.progress()).toMatchObject({ stage: 'failed', fault: 'not-installed' })
  })

  test.each([
    ['not switched on', { state: { automatic: false } }],
    ['not found', { state: { found: null } }],
    ['taken back before', { state: { takenBack: '1.2.0' } }],
    ['for a person to install', { way: 'by-hand' }],
  ] as const)('left alone when it is %s', async (_what, of) => {
    const { done } = await installing(of)
    await vi.advanceTimersByTimeAsync(24 * hourMs)
    expect(done).toEqual([])
  })

  test('not installed by itself where an administrator has to confirm it', async () => {
    const { installer, done } = await installing({ way: 'with-administrator' })
    await vi.advanceTimersByTimeAsync(24 * hourMs)
    expect(done).toEqual([`download ${address}`])
    expect(installer.install()).toEqual({ ok: true, value: null })
    expect(done).toContain('install')
  })

  test('not installed while something waits, by nobody', async () => {
    const trade = { waiting: 1, isShiftOpen: false, touchedAt: 0 }
    const { installer, done } = await installing({ trade })
    await vi.advanceTimersByTimeAsync(24 * hourMs)
    expect(done).toEqual([`download ${address}`])
    expect(installer.install()).toEqual({ ok: false, error: { code: 'queue-waits' } })
  })

  test('installed behind an obstacle, where nobody trades', async () => {
    const { installer } = await installing({ trade: null })
    expect(installer.install().ok).toBe(true)
  })

  test('tried again after hours when it could not be fetched, and newer ones at once', async () => {
    const { installer, done, state } = await installing({
      downloads: ['not-signed', 'not-downloaded'],
    })
    expect(installer.progress()).toMatchObject({ stage: 'failed', fault: 'not-signed' })
    expect(installer.install()).toEqual({ ok: false, error: { code: 'not-ready' } })
    await vi.advanceTimersByTimeAsync(5 * hourMs)
    expect(done).toHaveLength(1)
    state.found = { version: '1.2.1', notes: '' }
    await vi.advanceTimersByTimeAsync(60_000)
    expect(done).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(6 * hourMs)
    expect(done).toHaveLength(3)
    expect(installer.progress().stage).toBe('ready')
  })

  test('dropped when another address was set meanwhile', async () => {
    const { installer, state } = await installing({ state: { automatic: false } })
    installer.download()
    state.address = 'https://other.example.com/'
    await vi.advanceTimersByTimeAsync(0)
    expect(installer.progress().stage).toBe('none')
  })
})

test('percents are whole, grow, and count while it is fetched alone', async () => {
  const { installer } = await installing({ state: { automatic: false } })
  installer.downloaded(40)
  expect(installer.progress().percent).toBe(0)
  installer.download()
  installer.downloaded(40.9)
  installer.downloaded(12)
  expect(installer.progress()).toMatchObject({ stage: 'downloading', percent: 40 })
})
