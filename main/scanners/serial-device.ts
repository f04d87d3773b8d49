import type { SerialPort } from 'serialport'
import type { ScannerConnection, SerialPortView } from '../contract/attached-scanner.ts'
import type { DeviceEvents, OpenDevice } from './attached-scanner.ts'
import { createSerialFrames, silenceMs } from './serial-frames.ts'

type SerialConnection = Extract<ScannerConnection, { kind: 'serial' }>

/**
 * Opens the port for this program alone, with eight data bits, no parity and one stop bit, as scanners are set by their
 * makers. Rejects when the port is not there or in use.
 */
export async function openSerial(
  { path, baudRate }: SerialConnection,
  events: DeviceEvents,
): Promise<OpenDevice> {
  // Imported here, so that a shop whose scanner acts as a keyboard never loads the native module.
  const serialport = await import('serialport')
  const port = new serialport.SerialPort({ path, baudRate, lock: true, autoOpen: false })
  await opened(port)
  const frames = createSerialFrames(performance.now())
  let silence: NodeJS.Timeout | undefined
  const deliver = (reads: ReturnType<typeof frames.bytes>): void => {
    for (const read of reads) events.onRead(read)
  }
  port.on('data', (chunk: Buffer) => {
    clearTimeout(silence)
    deliver(frames.bytes(chunk, performance.now()))
    if (!frames.isOpen()) return
    silence = setTimeout(() => deliver(frames.silence(performance.now())), silenceMs)
  })
  port.on('close', () => {
    clearTimeout(silence)
    deliver(frames.close())
    events.onGone()
  })
  // Without a listener an error event would end the program. Closing the port makes the scanner be opened again.
  port.on('error', () => {
    if (port.isOpen) port.close(ignoreError)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        if (port.isOpen) port.close(() => resolve())
        else resolve()
      }),
  }
}

/** Given to `close`, which would otherwise emit the error again. */
function ignoreError(): void {}

function opened(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

/** The serial ports that the system lists. */
export async function serialPorts(): Promise<readonly SerialPortView[]> {
  const serialport = await import('serialport')
  const ports = await serialport.SerialPort.list()
  return ports.map(({ path, manufacturer }) => ({
    path,
    label: manufacturer === undefined ? path : `${path} · ${manufacturer}`,
  }))
}
