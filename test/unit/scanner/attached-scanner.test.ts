import { describe, expect, test } from 'vitest'
import type { AttachedRead } from '../../../main/contract/attached-scanner.ts'
import {
  createAttachedScanner,
  type DeviceEvents,
  type Devices,
} from '../../../main/scanners/attached-scanner.ts'

const serial = { kind: 'serial', path: '/dev/ttyACM0', baudRate: 9600 } as const
const code: AttachedRead = {
  kind: 'text',
  source: 'serial',
  text: '1059458812345678901234',
  aim: null,
  ended: 'terminator',
}

function settle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}

/** Devices that the test plugs and unplugs, and a clock that it moves on. */
function desk() {
  const state = {
    plugged: true,
    goesAtOnce: false,
    failure: new Error('not there'),
    opened: 0,
    closed: 0,
  }
  const open: DeviceEvents[] = []
  const reads: AttachedRead[] = []
  let wake: (() => void) | null = null
  const devices: Devices = {
    open(_connection, events) {
      if (!state.plugged) return Promise.reject(state.failure)
      state.opened += 1
      open.push(events)
      if (state.goesAtOnce) events.onGone()
      return Promise.resolve({
        close: () => {
          state.closed += 1
          return Promise.resolve()
        },
      })
    },
    ports: () => Promise.resolve([]),
  }
  const scanner = createAttachedScanner({
    devices,
    onRead: (read) => reads.push(read),
    onChange: () => {},
    after: (_ms, call) => {
      wake = call
      return () => {
        wake = null
      }
    },
  })
  const lookAgain = async (): Promise<void> => {
    const call = wake
    wake = null
    call?.()
    await settle()
  }
  return { state, open, reads, scanner, lookAgain, isWaiting: () => wake !== null }
}

describe('an attached scanner', () => {
  test('is off, connected, missing, and found again', async () => {
    const { state, open, reads, scanner, lookAgain } = desk()
    expect(scanner.state()).toBe('off')
    scanner.connect(serial)
    await settle()
    expect(scanner.state()).toBe('connected')
    open[0]?.onRead(code)
    expect(reads).toEqual([code])

    state.plugged = false
    open[0]?.onGone()
    expect(scanner.state()).toBe('absent')
    await lookAgain()
    expect(scanner.state()).toBe('absent')
    state.plugged = true
    await lookAgain()
    expect(scanner.state()).toBe('connected')
    open[1]?.onRead(code)
    expect(reads).toEqual([code, code])
  })

  test('is closed and ignored when it is no longer the chosen one', async () => {
    const { state, open, reads, scanner, isWaiting } = desk()
    scanner.connect(serial)
    await settle()
    scanner.connect({ kind: 'keyboard' })
    await settle()
    expect(scanner.state()).toBe('off')
    expect(state.closed).toBe(1)
    open[0]?.onRead(code)
    open[0]?.onGone()
    expect(reads).toEqual([])
    expect(isWaiting()).toBe(false)
  })

  test('is closed at once when another was chosen while it opened', async () => {
    const { state, scanner } = desk()
    scanner.connect(serial)
    scanner.connect({ ...serial, path: '/dev/ttyACM1' })
    await settle()
    expect(state.opened - state.closed).toBe(1)
    await scanner.close()
    expect(state.opened - state.closed).toBe(0)
  })

  test('is searched for again when it was unplugged while it opened', async () => {
    const { state, scanner, lookAgain } = desk()
    state.goesAtOnce = true
    scanner.connect(serial)
    await settle()
    expect(scanner.state()).toBe('absent')
    state.goesAtOnce = false
    await lookAgain()
    expect(scanner.state()).toBe('connected')
  })

  test('is not searched for again when its native library cannot be loaded', async () => {
    const { state, scanner, isWaiting } = desk()
    state.plugged = false
    state.failure = Object.assign(new Error('wrong ELF class'), { code: 'ERR_DLOPEN_FAILED' })
    scanner.connect(serial)
    await settle()
    expect(scanner.state()).toBe('unavailable')
    expect(isWaiting()).toBe(false)
  })
})
