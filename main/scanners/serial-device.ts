import type { SerialPort } from 'serialport'
import type { ScannerConnection, SerialPortView } from '../contract/attached-scanner.ts'
import type { DeviceEvents, OpenDevice } from './attached-scanner.ts'
import { createSerialFrames, silenceMs } from './serial-frames.ts'

type SerialConnection = Extract<ScannerConnection, { kind: 'serial' }>

/** Opens the port for this program alone. Eight data bits, no parity, one stop bit: what scanners come with. */
export async function openSerial(
  { path, baudRate }: SerialConnection,
  events: DeviceEvents,
): Promise<OpenDevice> {
  // Loaded when it is wanted: a shop whose scanner types never loads the native part.
  const serialport = await import('serialport')
  const port = new serialport.SerialPort({ path, baudRate, lock: true, autoOpen: false })
  await opened(port)
  const frames = createSerialFrames(performance.now())
  let silence: NodeJS.Timeout | undefined
  const tell = (reads: ReturnType<typeof frames.bytes>): void => {
    for (const read of reads) events.onRead(read)
  }
  port.on('data', (chunk: Buffer) => {
    clearTimeout(silence)
    tell(frames.bytes(chunk, performance.now()))
    if (!frames.isOpen()) return
    silence = setTimeout(() => tell(frames.silence(performance.now())), silenceMs)
  })
  port.on('close', () => {
    clearTimeout(silence)
    tell(frames.close())
    events.onGone()
  })
  // A failed read closes the port too; without a listener it would end the program.
  port.on('error', () => {
    if (port.isOpen) port.close(nothingMore)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        if (port.isOpen) port.close(() => resolve())
        else resolve()
      }),
  }
}

/** Whether it closed well or not, it is looked for again. */
function nothingMore(): void {}

function opened(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

/** The ports that have something on them, as far as the system says so. */
export async function serialPorts(): Promise<readonly SerialPortView[]> {
  const serialport = await import('serialport')
  const ports = await serialport.SerialPort.list()
  return ports.map(({ path, manufacturer }) => ({
    path,
    label: manufacturer === undefined ? path : `${path} · ${manufacturer}`,
  }))
}
