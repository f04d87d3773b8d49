import type { DeviceEvents, OpenDevice } from './attached-scanner.ts'
import { createHidPosReader, scannerUsage } from './hid-pos-report.ts'

/** Makers whose scanners have to be told to report what they read: Honeywell and Youjie. */
const toldToReport: readonly number[] = [0x0c2e, 0x23d0]
const reportOn = [254, 1]

/** Opens the first HID-POS scanner. */
export async function openHid(events: DeviceEvents): Promise<OpenDevice> {
  // Loaded when it is wanted: a shop whose scanner types never loads the native part.
  const { devicesAsync, HIDAsync } = await import('node-hid')
  const devices = await devicesAsync()
  const found = devices.find(
    ({ usagePage, usage }) => usagePage === scannerUsage.usagePage && usage === scannerUsage.usage,
  )
  if (found?.path === undefined) throw new Error('no HID-POS scanner')
  const device = await HIDAsync.open(found.path)
  const reader = createHidPosReader()
  if (toldToReport.includes(found.vendorId)) {
    await device.sendFeatureReport(reportOn).catch(async (cause: unknown) => {
      await device.close()
      throw cause
    })
  }
  device.on('data', (report: Buffer) => {
    for (const read of reader.report(report, performance.now())) events.onRead(read)
  })
  device.on('error', () => {
    device.close().then(events.onGone, events.onGone)
  })
  return { close: () => device.close() }
}
