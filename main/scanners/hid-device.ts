import type { DeviceEvents, OpenDevice } from './attached-scanner.ts'
import { createHidPosReader, scannerUsage } from './hid-pos-report.ts'

/** Vendors whose scanners send nothing before they are told to: Honeywell and Youjie. */
const vendorsWithSwitch: readonly number[] = [0x0c2e, 0x23d0]
/** The feature report that tells them, its number first. */
const switchOnReport = [254, 1]

/** Opens the first HID-POS scanner of this computer. Rejects when there is none or it is in use. */
export async function openHid(events: DeviceEvents): Promise<OpenDevice> {
  // Imported here, so that a shop whose scanner acts as a keyboard never loads the native module.
  const { devicesAsync, HIDAsync } = await import('node-hid')
  const devices = await devicesAsync()
  const found = devices.find(
    ({ usagePage, usage }) => usagePage === scannerUsage.usagePage && usage === scannerUsage.usage,
  )
  if (found?.path === undefined) throw new Error('no HID-POS scanner')
  const device = await HIDAsync.open(found.path)
  const reader = createHidPosReader()
  if (vendorsWithSwitch.includes(found.vendorId)) {
    await device.sendFeatureReport(switchOnReport).catch(async (cause: unknown) => {
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
