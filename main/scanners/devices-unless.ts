import type { Devices } from './attached-scanner.ts'

/** Scanners that do not type send to the live till whatever window is in front: not while somebody practises. */
export function devicesUnless(isPractising: () => boolean, devices: Devices): Devices {
  return {
    ...devices,
    open: (connection, events) =>
      devices.open(connection, {
        ...events,
        onRead(read) {
          if (!isPractising()) events.onRead(read)
        },
      }),
  }
}
