import { _electron, type ElectronApplication } from '@playwright/test'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { z } from 'zod'
import type { PaperDocument } from '../../main/reports/paper-document.ts'
import { appUnderTest } from './app-under-test.ts'
import { environmentOf } from './till-app.ts'

const Pressed = z.object({
  pdf: z.base64(),
  reach: z.object({ from: z.number(), to: z.number(), width: z.number() }),
})

/** A page's width and length in a PDF, in millimetres. */
export interface PdfPage {
  readonly width: number
  readonly height: number
}

export interface PressedPaper {
  readonly pdf: Buffer
  readonly pages: readonly PdfPage[]
  readonly reach: z.infer<typeof Pressed>['reach']
}

/** Makes PDFs of papers in a real Electron, as the till does. */
export class PaperPress {
  readonly #electron: ElectronApplication
  readonly #folder: string

  private constructor(electron: ElectronApplication, folder: string) {
    this.#electron = electron
    this.#folder = folder
  }

  static async start(): Promise<PaperPress> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-press-'))
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: path.join(import.meta.dirname, 'press-process.ts'),
        outDir: folder,
        target: 'node20',
        rolldownOptions: { output: { format: 'cjs', entryFileNames: 'press.cjs' } },
      },
      ssr: { noExternal: ['zod'], external: ['electron'] },
    })
    const electron = await _electron.launch({
      executablePath: appUnderTest().executable,
      args: [path.join(folder, 'press.cjs'), `--user-data-dir=${path.join(folder, 'data')}`],
      chromiumSandbox: process.getuid?.() !== 0,
      env: environmentOf(process.env),
    })
    return new PaperPress(electron, folder)
  }

  async press(document: PaperDocument): Promise<PressedPaper> {
    const pressed = await this.#electron.evaluate(async ({ app }, asked) => {
      await app.whenReady()
      return Reflect.get(globalThis, 'press')(asked)
    }, document)
    const { pdf, reach } = Pressed.parse(pressed)
    const bytes = Buffer.from(pdf, 'base64')
    return { pdf: bytes, pages: pagesOf(bytes), reach }
  }

  async stop(): Promise<void> {
    await this.#electron.close()
    fs.rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const millimetresPerPoint = 25.4 / 72

/** Reads the pages' sizes from a PDF. Chromium writes the objects of pages uncompressed. */
export function pagesOf(pdf: Buffer): PdfPage[] {
  const text = pdf.toString('latin1')
  const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g
  return [...text.matchAll(box)].map(([, width = '0', height = '0']) => ({
    width: Number(width) * millimetresPerPoint,
    height: Number(height) * millimetresPerPoint,
  }))
}
