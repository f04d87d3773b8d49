import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createVerifiedTimeMemory } from '../../../main/app/live/verified-time.ts'

function open(stored: unknown = null) {
  const written: number[] = []
  const faults: unknown[] = []
  const setting = { read: () => stored, write: (ms: number) => void written.push(ms) }
  const memory = createVerifiedTimeMemory(setting, (cause) => faults.push(cause))
  return { memory, setting, written, faults }
}

test('a verdict does not wait for the disk: the time is written in a later turn, and the latest once', async () => {
  const { memory, written } = open()
  memory.write(1)
  memory.write(2)
  expect(written).toEqual([])
  await setImmediate()
  expect(written).toEqual([2])
})

test('closing writes what is left, and nothing is written afterwards', async () => {
  const { memory, written } = open()
  memory.write(1)
  memory.flush()
  expect(written).toEqual([1])
  await setImmediate()
  memory.flush()
  expect(written).toEqual([1])
})

test('a disk that refuses is reported, and the next time is written all the same', async () => {
  const { memory, setting, written, faults } = open()
  const { write } = setting
  setting.write = () => {
    throw new Error('full')
  }
  memory.write(1)
  await setImmediate()
  expect(faults).toHaveLength(1)
  setting.write = write
  memory.write(2)
  await setImmediate()
  expect(written).toEqual([2])
})

test.each([null, undefined, 'soon', -1, 1.5])(
  'what was stored as %j counts as nothing',
  (stored) => {
    expect(open(stored).memory.read()).toBeNull()
  },
)
