import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { SentEvent } from '../../main/ipc/sent-event.ts'
import type { ElectronCalls } from '../../main/engine/calls.ts'
import type { DeviceEvents, Devices } from '../../main/scanners/attached-scanner.ts'
import { type Engine, startEngine } from '../../main/engine/start-engine.ts'

const program = pathToFileURL(path.resolve('main/engine/thread.ts'))
const unused = (): never => {
  throw new Error('not used here')
}

interface Started {
  readonly engine: Engine
  readonly sent: SentEvent[]
  readonly faults: unknown[]
}

function start(
  calls: Partial<ElectronCalls> = {},
  of = program,
  devices: Devices = { open: unused, ports: unused },
): Started {
  const userData = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-engine-'))
  const sent: SentEvent[] = []
  const faults: unknown[] = []
  const runtime = {
    version: '1.0.0',
    electron: '1',
    development: true,
    practice: false,
    shortcut: null,
  }
  const engine = startEngine(
    {
      options: { userData, launch: { mode: 'training', trainingGateway: null, practice: false } },
      calls: {
        facts: async () => ({ locale: 'zh-CN', runtime }),
        send: (event) => void sent.push(event),
        resolveProxy: async () => 'DIRECT',
        fetchText: unused,
        updateWay: async () => 'by-hand',
        downloadUpdate: unused,
        installUpdate: unused,
        licences: unused,
        openPractice: () => undefined,
        startsWithComputer: unused,
        startWithComputer: unused,
        chooseFiles: unused,
        choosePlaceOfHandOver: unused,
        chooseHandOver: unused,
        choosePlaceOfDiagnostics: unused,
        chooseFolderOfBackups: unused,
        chooseProgram: unused,
        chooseBackup: unused,
        printPaper: unused,
        savePaper: unused,
        copy: unused,
        putInClipboard: unused,
        takeFromClipboard: unused,
        moveToTrash: unused,
        ...calls,
      },
      devices,
      onFault: (cause) => faults.push(cause),
    },
    of,
  )
  onTestFinished(async () => {
    await engine.close()
    rmSync(userData, { recursive: true })
  })
  return { engine, sent, faults }
}

function programOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}

// One test, because a process can have one engine.
test('the engine opens a till on its thread, serves requests, and sends what changed', async () => {
  const scanners: DeviceEvents[] = []
  let isThere = false
  const { engine, sent, faults } = start({ chooseFolderOfBackups: async () => null }, program, {
    async open(_connection, events) {
      if (!isThere) throw Object.assign(new Error('no module'), { code: 'ERR_DLOPEN_FAILED' })
      scanners.push(events)
      return { close: async () => undefined }
    },
    ports: async () => [{ path: '/dev/ttyS9', label: 'scanner' }],
  })
  const first = await engine.opened
  expect(first).toMatchObject({ mode: 'training', obstacle: null, language: 'zh-CN' })
  expect(engine.snapshot()).toEqual(first)
  expect(await engine.request('training.samples', {})).toMatchObject({ ok: true })
  engine.setCompact(true)
  await expect.poll(() => engine.snapshot()).toMatchObject({ compact: true })
  expect(sent).toContainEqual({ name: 'app.changed', payload: engine.snapshot() })
  // Whatever the page sends, and whatever becomes of a dialog, the reply is an envelope.
  const badRequest = { ok: false, error: { code: 'bad-request' } }
  expect(await engine.request('no.such.request', {})).toEqual(badRequest)
  expect(await engine.request('counter.redeem', new Uint8Array(8))).toEqual(badRequest)
  expect(await engine.request('backup.chooseFolder', {})).toMatchObject({ ok: true })
  const failed = { ok: false, error: { code: 'internal' } }
  expect(await engine.request('backup.choose', {})).toEqual(failed)
  // Scanners with a port of their own are opened on the window's thread.
  expect(await engine.request('scanner.ports', {})).toEqual({
    ok: true,
    value: [{ path: '/dev/ttyS9', label: 'scanner' }],
  })
  const scannerConnection = { kind: 'serial', path: '/dev/ttyS9', baudRate: 9600 }
  await engine.request('preferences.set', { scannerConnection })
  await expect.poll(() => engine.snapshot()).toMatchObject({ scannerState: 'unavailable' })
  isThere = true
  await engine.request('preferences.set', { scannerConnection })
  await expect.poll(() => engine.snapshot()).toMatchObject({ scannerState: 'connected' })
  const events = scanners.at(-1)
  events?.onRead({ kind: 'fault', source: 'serial', why: 'broken-off' })
  await expect.poll(() => sent.map(({ name }) => name)).toContain('scanner.read')
  events?.onGone()
  await expect.poll(() => engine.snapshot()).toMatchObject({ scannerState: 'absent' })
  expect(faults).toEqual([])
})

test('a till that is still being opened is not waited for at the end', async () => {
  const { engine, faults } = start({ facts: () => new Promise(() => undefined) })
  await engine.close()
  expect(faults).toEqual([])
})

test('what nobody on the thread caught is told, and so is an end that nobody asked for', async () => {
  const thrown = start({}, programOf("throw new Error('broken')"))
  await expect.poll(() => thrown.faults).toMatchObject([{ message: 'broken' }])
  const ended = start({}, programOf(''))
  await expect.poll(() => ended.faults).toHaveLength(1)
})
