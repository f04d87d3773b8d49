import { expect, test } from 'vitest'
import type { AttachedRead } from '../../../main/contract/attached-scanner.ts'
import type { DeviceEvents } from '../../../main/scanners/attached-scanner.ts'
import { devicesUnless } from '../../../main/scanners/devices-unless.ts'

test('a scanner with a port of its own is not heard while somebody practises, and is afterwards', async () => {
  let isPractising = false
  const heard: AttachedRead[] = []
  const opened: DeviceEvents[] = []
  const devices = devicesUnless(() => isPractising, {
    open: async (_connection, events) => {
      opened.push(events)
      return { close: async () => undefined }
    },
    ports: async () => [],
  })
  let isGone = false
  await devices.open(
    { kind: 'hid' },
    {
      onRead: (read) => void heard.push(read),
      onGone: () => {
        isGone = true
      },
    },
  )
  const [scanner] = opened
  const read: AttachedRead = {
    kind: 'text',
    source: 'hid',
    text: '1201059453000000000001',
    aim: null,
    ended: 'terminator',
  }
  scanner?.onRead(read)
  isPractising = true
  scanner?.onRead(read)
  isPractising = false
  scanner?.onRead(read)
  expect(heard).toHaveLength(2)
  scanner?.onGone()
  expect(isGone).toBe(true)
})
