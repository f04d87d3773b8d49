import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import {
  centredOn,
  keepPlace,
  readPlace,
  type Screen,
  screenFor,
} from '../../../main/computer/window-place.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

function screen(id: number, x: number, width = 1366, height = 768): Screen {
  const bounds = { x, y: 0, width, height }
  return { id, bounds, workArea: { ...bounds, height: height - 40 } }
}
const [first, second] = [screen(1, 0), screen(2, 1366, 1024, 600)]

test('the window opens on the screen that it was on', () => {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  expect(readPlace(folder.path)).toBeNull()
  keepPlace(folder.path, second)
  const kept = readPlace(folder.path)
  expect(screenFor(kept, [first, second])).toBe(second)
  // Its id changed with the socket.
  expect(screenFor(kept, [first, { ...second, id: 9 }])?.id).toBe(9)
  // It is unplugged.
  expect(screenFor(kept, [first])).toBeNull()
  writeFileSync(path.join(folder.path, 'window.json'), '{"screen":')
  expect(readPlace(folder.path)).toBeNull()
})

test('a window fits the screen that it opens on', () => {
  const size = { width: 1366, height: 768 }
  expect(centredOn(second, size)).toEqual({ x: 1366, y: 0, width: 1024, height: 560 })
  expect(centredOn(screen(3, -1920, 1920, 1080), size)).toEqual({ x: -1643, y: 136, ...size })
})
