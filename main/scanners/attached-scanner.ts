/*
 * scanners/ reads scanners that do not act as a keyboard: on a serial port, or HID-POS over USB. It turns bytes into
 * texts. What a text means (a coupon code or not) is not decided here, and keystrokes are read by renderer/scanner/.
 */

import type {
  AttachedRead,
  AttachedState,
  ScannerConnection,
  SerialPortView,
} from '../contract/attached-scanner.ts'

/** A scanner that cannot be opened is tried again after this. */
const retryMs = 3000

/** An open scanner. */
export interface OpenDevice {
  close(): Promise<void>
}

export interface DeviceEvents {
  readonly onRead: (read: AttachedRead) => void
  /** The device was unplugged, or failed. */
  readonly onGone: () => void
}

/** Opens scanners. Handed in, so that what follows can be tested without any. */
export interface Devices {
  /** Rejects when the scanner is not there or in use. */
  open(connection: ScannerConnection, events: DeviceEvents): Promise<OpenDevice>
  /** The serial ports of this computer. */
  ports(): Promise<readonly SerialPortView[]>
}

export interface AttachedScannerParts {
  readonly devices: Devices
  readonly onRead: (read: AttachedRead) => void
  /** Called after each change of `state()`. */
  readonly onChange: () => void
  /** Calls `call` once after `ms` milliseconds; the returned function cancels that. */
  readonly after: (ms: number, call: () => void) => () => void
}

export interface AttachedScanner {
  state(): AttachedState
  /** Closes the scanner that is open and reads from this one. Does not fail: `state()` tells what came of it. */
  connect(connection: ScannerConnection): void
  ports(): Promise<readonly SerialPortView[]>
  close(): Promise<void>
}

/** Keeps the scanner of the settings open: opens it again after it was unplugged, closes it when another is chosen. */
export function createAttachedScanner(parts: AttachedScannerParts): AttachedScanner {
  let state: AttachedState = 'off'
  /** Grows with each `connect`: events of an earlier scanner are recognised by its number and ignored. */
  let connection = 0
  let device: OpenDevice | null = null
  let cancelRetry: (() => void) | null = null

  function setState(next: AttachedState): void {
    if (state === next) return
    state = next
    parts.onChange()
  }

  async function closeDevice(): Promise<void> {
    cancelRetry?.()
    const former = device
    device = null
    await former?.close()
  }

  async function open(to: ScannerConnection, number: number): Promise<void> {
    const isCurrent = (): boolean => number === connection
    const retryLater = (): void => {
      setState('absent')
      cancelRetry = parts.after(retryMs, () => void open(to, number))
    }
    let isGone = false
    try {
      const opened = await parts.devices.open(to, {
        onRead: (read) => {
          if (isCurrent()) parts.onRead(read)
        },
        onGone: () => {
          if (!isCurrent() || isGone) return
          isGone = true
          // Not open yet: `isGone` is looked at once it is.
          if (device === null) return
          device = null
          retryLater()
        },
      })
      if (!isCurrent()) {
        await opened.close()
        return
      }
      if (isGone) {
        retryLater()
        return
      }
      device = opened
      setState('connected')
    } catch (cause) {
      if (!isCurrent()) return
      if (isMissingModule(cause)) setState('unavailable')
      else retryLater()
    }
  }

  return {
    state: () => state,
    connect(to) {
      connection += 1
      const number = connection
      void closeDevice().then(() => {
        if (number !== connection) return undefined
        if (to.kind !== 'keyboard') return open(to, number)
        setState('off')
        return undefined
      })
    },
    ports: () => parts.devices.ports(),
    async close() {
      connection += 1
      await closeDevice()
    },
  }
}

/** The native module does not load on this system, so that trying again would not help. */
function isMissingModule(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ERR_DLOPEN_FAILED' || code === 'ERR_MODULE_NOT_FOUND'
}
