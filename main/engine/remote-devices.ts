import type { AttachedRead } from '../contract/attached-scanner.ts'
import type { DeviceEvents, Devices, OpenDevice } from '../scanners/attached-scanner.ts'
import type { EngineCalls, WindowCalls } from './calls.ts'

/*
 * Scanners with a port of their own are opened on the window's thread: serialport's poller belongs to the first event loop
 * of a process, and ends the program when it is used on another thread (`Entering the V8 API without proper locking`).
 */

interface RemoteDevices extends Pick<EngineCalls, 'deviceRead' | 'deviceGone'> {
  readonly devices: Devices
}

/** The scanners as the engine sees them. */
export function remoteDevices(
  window: Pick<WindowCalls, 'openDevice' | 'closeDevice' | 'serialPorts'>,
): RemoteDevices {
  const opened = new Map<number, DeviceEvents>()
  let last = 0
  return {
    devices: {
      async open(connection, events) {
        last += 1
        const number = last
        opened.set(number, events)
        const fault = await window.openDevice(number, connection)
        if (fault !== null) {
          opened.delete(number)
          throw Object.assign(new Error('the scanner was not opened'), { code: fault })
        }
        return {
          async close() {
            await window.closeDevice(number)
            opened.delete(number)
          },
        }
      },
      ports: () => window.serialPorts(),
    },
    deviceRead: (number, read) => opened.get(number)?.onRead(read),
    deviceGone: (number) => opened.get(number)?.onGone(),
  }
}

/** The window's side: opens scanners by the engine's numbers, and tells it what they send. */
export function deviceDesk(
  devices: Devices,
  engine: () => {
    readonly deviceRead: (number: number, read: AttachedRead) => void
    readonly deviceGone: (number: number) => void
  },
): Pick<WindowCalls, 'openDevice' | 'closeDevice' | 'serialPorts'> {
  const opened = new Map<number, OpenDevice>()
  return {
    async openDevice(number, connection) {
      try {
        const device = await devices.open(connection, {
          onRead: (read) => engine().deviceRead(number, read),
          onGone: () => engine().deviceGone(number),
        })
        opened.set(number, device)
        return null
      } catch (cause) {
        // Passed by its code: an error loses its fields between threads.
        return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
      }
    },
    async closeDevice(number) {
      await opened.get(number)?.close()
      opened.delete(number)
    },
    serialPorts: () => devices.ports(),
  }
}
