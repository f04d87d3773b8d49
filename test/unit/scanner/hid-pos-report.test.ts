import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createHidPosReader } from '../../../main/scanners/hid-pos-report.ts'

const code = '1059458812345678901234'
const honeywell = 0x0c2e
const zebra = 0x05e0

/**
 * Builds one input report, its number first, in the layout of Honeywell (identifier at once) or Zebra (one byte later).
 */
function report(data: string, layout: { zebra?: boolean; more?: boolean; aim?: string } = {}) {
  const bytes = new Uint8Array(64)
  bytes[0] = 2
  bytes[1] = data.length
  const aimAt = layout.zebra ? 3 : 2
  bytes.set(new TextEncoder().encode(layout.aim ?? ']Q3'), aimAt)
  bytes.set(new TextEncoder().encode(data), aimAt + 3)
  bytes[63] = layout.more ? 1 : 0
  return bytes
}

interface FakeDevice {
  vendorId: number
  readonly collections: readonly { readonly usage: number; readonly usagePage: number }[]
  listener: (event: { data: DataView; device: FakeDevice; reportId: number }) => void
  open(): Promise<void>
  sendFeatureReport(): Promise<void>
  addEventListener(name: string, listener: FakeDevice['listener']): void
}

interface Library {
  connect(): Promise<void>
  addEventListener(name: string, listener: (heard: unknown) => void): void
}

/** The package exports it only for browsers. */
async function loadLibrary(): Promise<new () => Library> {
  const folder = path.join(import.meta.dirname, '../../../node_modules/@point-of-sale')
  const file = path.join(folder, 'webhid-barcode-scanner/dist/webhid-barcode-scanner.esm.js')
  const isClass = z.custom<new () => Library>((value) => typeof value === 'function')
  return z.object({ default: isClass }).parse(await import(pathToFileURL(file).href)).default
}

const read = { kind: 'text', source: 'hid', ended: 'terminator' } as const

describe('reports of a HID-POS scanner', () => {
  test.each([false, true])('yield code and identifier (Zebra: %s)', (isZebra) => {
    const reader = createHidPosReader()
    expect(reader.report(report(code, { zebra: isZebra }), 0)).toEqual([
      { ...read, text: code, aim: ']Q3' },
    ])
  })

  test('are joined where a code needs several', () => {
    const long = 'https://shop.example/c?coupon=1059458812345678901234&from=poster'
    const reader = createHidPosReader()
    expect(reader.report(report(long.slice(0, 50), { more: true }), 0)).toEqual([])
    expect(reader.report(report(long.slice(50)), 4)).toEqual([{ ...read, text: long, aim: ']Q3' }])
    // Nothing of it is appended to the next code.
    expect(reader.report(report(code), 900)).toEqual([{ ...read, text: code, aim: ']Q3' }])
  })

  test('are rejected where the rest comes late, and the next one is read again', () => {
    const reader = createHidPosReader()
    reader.report(report('10594588', { more: true }), 0)
    expect(reader.report(report('12345678901234'), 2000)).toMatchObject([{ why: 'broken-off' }])
    expect(reader.report(report(code), 3000)).toMatchObject([{ text: code }])
  })

  test('are rejected in an unknown layout, and other reports are ignored', () => {
    const strange = report(code).fill(0, 2, 6)
    expect(createHidPosReader().report(strange, 0)).toMatchObject([{ why: 'unreadable-key' }])
    expect(createHidPosReader().report(report(code).subarray(0, 20), 0)).toMatchObject([
      { why: 'unreadable-key' },
    ])
    const other = report(code)
    other[0] = 5
    expect(createHidPosReader().report(other, 0)).toEqual([])
  })

  test("lose the scanner's suffix", () => {
    expect(createHidPosReader().report(report(`${code}\r`), 0)).toMatchObject([{ text: code }])
  })
})

describe('the published library reads the same from the same reports', () => {
  const device: FakeDevice = {
    vendorId: 0,
    collections: [{ usage: 2, usagePage: 140 }],
    listener: () => {},
    open: () => Promise.resolve(),
    sendFeatureReport: () => Promise.resolve(),
    addEventListener(_name, listener) {
      device.listener = listener
    },
  }
  beforeEach(() => {
    const hid = {
      addEventListener: () => {},
      requestDevice: () => Promise.resolve([device]),
    }
    vi.stubGlobal('navigator', { hid })
    vi.spyOn(console, 'log').mockImplementation(() => {})
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test.each([
    ['Honeywell', honeywell, false],
    ['Zebra', zebra, true],
  ] as const)('%s', async (_name, vendorId, isZebra) => {
    device.vendorId = vendorId
    const Library = await loadLibrary()
    const library = new Library()
    await library.connect()
    const reader = createHidPosReader()
    for (const data of [code, 'w-xE3 4A3_4/=|\\', '6901234567892']) {
      const bytes = report(data, { zebra: isZebra, aim: ']C0' })
      const heard = new Promise((resolve) => library.addEventListener('barcode', resolve))
      device.listener({ data: new DataView(bytes.slice(1).buffer), device, reportId: 2 })
      expect(await heard).toMatchObject({ value: data, aim: ']C0' })
      expect(reader.report(bytes, 0)).toEqual([{ ...read, text: data, aim: ']C0' }])
    }
  })
})
