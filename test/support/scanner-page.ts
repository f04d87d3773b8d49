import react from '@vitejs/plugin-react'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { build } from 'vite'
import { z } from 'zod'

const root = path.join(import.meta.dirname, '../e2e/scanner-page')

const Stroke = z.object({
  type: z.enum(['keydown', 'keyup']),
  at: z.number(),
  code: z.string(),
  key: z.string(),
})
const Log = z.object({
  scans: z.array(z.string()),
  rejected: z.array(z.string()),
  typed: z.array(z.string()),
  clicks: z.number(),
  submitted: z.number(),
  strokes: z.array(Stroke.loose()),
})
const Fields = z.object({
  code: z.string(),
  name: z.string(),
  nameState: z.string(),
  note: z.string(),
})
const CalibrationView = z.object({
  code: z.string().nullable(),
  findings: z.string().nullable(),
  profile: z.record(z.string(), z.unknown()).nullable(),
})
const Reply = z.object({ id: z.number(), value: z.unknown(), error: z.string().optional() })

export type FieldName = 'code' | 'name' | 'note' | 'button' | 'nothing'

/** The scanner's real code in a real window, without the till around it and without a debugger. */
export interface ScannerPage {
  readonly processId: number
  log(): Promise<z.infer<typeof Log>>
  clearLog(): Promise<void>
  fields(): Promise<z.infer<typeof Fields>>
  focus(field: FieldName): Promise<void>
  openCalibration(): Promise<void>
  calibration(): Promise<z.infer<typeof CalibrationView>>
  hasFocus(): Promise<boolean>
  /** Brings another window to the front. */
  openOther(): Promise<void>
  close(): Promise<void>
}

/** Builds the page into a new folder, which the caller must remove. */
export async function buildScannerPage(): Promise<string> {
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-scanner-page-'))
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  })
  return outDir
}

export async function openScannerPage(
  folderOfPage: string,
  env: NodeJS.ProcessEnv,
): Promise<ScannerPage> {
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-scanner-data-'))
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (folder === undefined) throw new Error('No Electron is configured. Run: npm run e2e')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(
    path.join(folder, 'electron'),
    [
      ...sandbox,
      path.join(root, 'main.cjs'),
      `--user-data-dir=${userData}`,
      path.join(folderOfPage, 'index.html'),
    ],
    { env, stdio: ['pipe', 'pipe', 'ignore'] },
  )
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const waiting = new Map<number, (reply: z.infer<typeof Reply>) => void>()
  let asked = 0
  const started = new Promise((resolve) => waiting.set(0, resolve))
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('page:')) return
    const reply = Reply.parse(JSON.parse(line.slice('page:'.length)))
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  const ask = async (question: { script?: string; openOther?: boolean }): Promise<unknown> => {
    asked += 1
    const id = asked
    const answered = new Promise<z.infer<typeof Reply>>((resolve) => waiting.set(id, resolve))
    child.stdin.write(`${JSON.stringify({ id, ...question })}\n`)
    const reply = await answered
    if (reply.error !== undefined) throw new Error(reply.error)
    return reply.value
  }
  await started
  return {
    processId: child.pid ?? 0,
    log: async () => Log.parse(await ask({ script: 'pageLog' })),
    clearLog: async () => void (await ask({ script: 'pageLog.clear()' })),
    fields: async () => Fields.parse(await ask({ script: 'pageLog.fields()' })),
    focus: async (field) => void (await ask({ script: `pageLog.focus(${JSON.stringify(field)})` })),
    openCalibration: async () => void (await ask({ script: `location.hash = 'calibrate'` })),
    calibration: async () => CalibrationView.parse(await ask({ script: 'pageLog.calibration()' })),
    hasFocus: async () => z.boolean().parse(await ask({ script: 'document.hasFocus()' })),
    openOther: async () => void (await ask({ openOther: true })),
    async close() {
      child.kill()
      await gone
      fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
