import type {
  AttachedRead,
  AttachedState,
  ScannerConnection,
  SerialPortView,
} from '../contract/attached-scanner.ts'

/** Looked for again after so long, ms. */
const lookAgainMs = 3000

/** An open device. */
export interface OpenDevice {
  close(): Promise<void>
}

export interface DeviceEvents {
  readonly onRead: (read: AttachedRead) => void
  /** Unplugged, or failed. */
  readonly onGone: () => void
}

/** How devices are opened, so that the rest can be tested without any. */
export interface Devices {
  /** Rejects when it is not there or in use. */
  open(connection: ScannerConnection, events: DeviceEvents): Promise<OpenDevice>
  ports(): Promise<readonly SerialPortView[]>
}

export interface AttachedScannerParts {
  readonly devices: Devices
  readonly onRead: (read: AttachedRead) => void
  readonly onChange: () => void
  /** Calls back once; the answer takes the call back. */
  readonly after: (ms: number, call: () => void) => () => void
}

export interface AttachedScanner {
  state(): AttachedState
  /** Reads from this one from now on. */
  connect(connection: ScannerConnection): void
  ports(): Promise<readonly SerialPortView[]>
  close(): Promise<void>
}

/** Keeps the scanner of the settings open: found again when it was unplugged, let go when another is chosen. */
export function createAttachedScanner(parts: AttachedScannerParts): AttachedScanner {
  let state: AttachedState = 'off'
  /** Grows with every choice: whatever an earlier one still reports is not listened to. */
  let turn = 0
  let device: OpenDevice | null = null
  let cancel: (() => void) | null = null

  function become(next: AttachedState): void {
    if (state === next) return
    state = next
    parts.onChange()
  }

  async function letGo(): Promise<void> {
    cancel?.()
    const former = device
    device = null
    await former?.close()
  }

  async function open(connection: ScannerConnection, mine: number): Promise<void> {
    const isMine = (): boolean => mine === turn
    const lookAgain = (): void => {
      become('absent')
      cancel = parts.after(lookAgainMs, () => void open(connection, mine))
    }
    let isGone = false
    try {
      const opened = await parts.devices.open(connection, {
        onRead: (read) => {
          if (isMine()) parts.onRead(read)
        },
        onGone: () => {
          if (!isMine() || isGone) return
          isGone = true
          // Before it was known to be open: seen below.
          if (device === null) return
          device = null
          lookAgain()
        },
      })
      if (!isMine()) {
        await opened.close()
        return
      }
      if (isGone) {
        lookAgain()
        return
      }
      device = opened
      become('connected')
    } catch (cause) {
      if (!isMine()) return
      if (isMissingModule(cause)) become('unavailable')
      else lookAgain()
    }
  }

  return {
    state: () => state,
    connect(connection) {
      turn += 1
      const mine = turn
      void letGo().then(() => {
        if (mine !== turn) return undefined
        if (connection.kind !== 'keyboard') return open(connection, mine)
        become('off')
        return undefined
      })
    },
    ports: () => parts.devices.ports(),
    async close() {
      turn += 1
      await letGo()
    },
  }
}

/** The native part does not load on this system: looking again would not help. */
function isMissingModule(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ERR_DLOPEN_FAILED' || code === 'ERR_MODULE_NOT_FOUND'
}
