import type { Devices } from './attached-scanner.ts'
import { openHid } from './hid-device.ts'
import { openSerial, serialPorts } from './serial-device.ts'

/** The scanners that are attached to this computer. */
export const systemDevices: Devices = {
  open(connection, events) {
    if (connection.kind === 'serial') return openSerial(connection, events)
    if (connection.kind === 'hid') return openHid(events)
    return Promise.reject(new Error('a scanner that acts as a keyboard is not opened'))
  },
  ports: serialPorts,
}
