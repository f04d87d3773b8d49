import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')

/**
 * A use of each API that is in the types of Electron 33.2.1, which development runs on, and not in those of 45.4.1: what
 * a comparison of the two files of types found.
 */
const removed = [
  'app.isUnityRunning()',
  'clipboard.availableFormats()',
  'clipboard.readBookmark()',
  'clipboard.readBuffer("x")',
  'clipboard.readFindText()',
  'clipboard.readHTML()',
  'clipboard.readImage()',
  'clipboard.readRTF()',
  'clipboard.writeBookmark("", "")',
  'clipboard.writeBuffer("", Buffer.alloc(0))',
  'clipboard.writeFindText("")',
  'clipboard.writeHTML("")',
  'clipboard.writeImage(nativeImage.createEmpty())',
  'clipboard.writeRTF("")',
  'clipboard.write({ text: "" })',
  'clipboard.writeText("", "selection")',
  'contentTracing.enableHeapProfiling()',
  'contents.on("plugin-crashed", () => undefined)',
  'contents.getPrintersAsync().then(([one]) => one?.isDefault)',
  'contents.getPrintersAsync().then(([one]) => one?.status)',
  'session.defaultSession.clearStorageData({ quotas: [] })',
  'systemPreferences.isAeroGlassEnabled()',
  'app.getLoginItemSettings().openAsHidden',
  'app.getLoginItemSettings().wasOpenedAsHidden',
  'app.getLoginItemSettings().restoreState',
  'app.setLoginItemSettings({ openAsHidden: true })',
]

/** Words that no type knows: environment variables and switches that went. */
const goneWords = ['ELECTRON_OZONE_PLATFORM_HINT', 'ORIGINAL_XDG_CURRENT_DESKTOP', 'host-rules']

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

/** Returns the lines of a file that do not compile as a part of main/. */
function faultyLines(lines: readonly string[]): readonly number[] {
  const folder = path.join(root, 'out/electron-45')
  mkdirSync(folder, { recursive: true })
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, 'uses.ts'), lines.join('\n'))
  const compilerOptions = { composite: false, noEmit: true, emitDeclarationOnly: false }
  const config = {
    extends: '../../main/tsconfig.json',
    compilerOptions: { ...compilerOptions, rootDir: '.' },
    include: ['uses.ts'],
    references: [],
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
    cwd: root,
  })
  const found = [...stdout.matchAll(/uses\.ts\((\d+),/g)].map(([, line]) => Number(line))
  return [...new Set(found)]
}

test('the types are those of the Electron that ships', () => {
  const manifest: { devDependencies: Record<string, string> } = JSON.parse(read('package.json'))
  const { electron } = manifest.devDependencies
  expect(read('node_modules/electron/electron.d.ts')).toContain(
    `Type definitions for Electron ${electron}\n`,
  )
})

test('no use of an API that Electron 34 to 45 removed would compile', () => {
  const names = 'app, clipboard, contentTracing, nativeImage, session, systemPreferences'
  const head = [
    `import { ${names}, type WebContents } from 'electron'`,
    'declare const contents: WebContents',
    'void [app, clipboard, contentTracing, nativeImage, session, systemPreferences, contents]',
  ]
  const lines = [...head, ...removed.map((use) => `void (${use})`)]
  expect(faultyLines(lines)).toEqual(removed.map((_use, at) => head.length + at + 1))
})

describe('what no type knows', () => {
  let sources: readonly string[] = []
  beforeAll(() => {
    const list = execFileSync('git', ['ls-files', 'main', 'renderer', 'build'], {
      cwd: root,
      encoding: 'utf8',
    })
    sources = list.split('\n').filter((file) => /\.(ts|tsx|mjs|cjs|ejs|yml)$/.test(file))
  })

  test.each(goneWords)('nothing speaks of %s', (word) => {
    expect(sources.length).toBeGreaterThan(100)
    const speaking = sources.filter((file) => read(file).includes(word))
    expect(speaking).toEqual([])
  })
})
