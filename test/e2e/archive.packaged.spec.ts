import { extractFile, listPackage } from '@electron/asar'
import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { packagedApp } from '../../build/packaged-app.ts'
import { compressedSize, contentsFile, contentsOf } from '../../build/shipped/contents.ts'
import { loadedCode } from '../../build/shipped/loaded-code.ts'

const { resources } = packagedApp()
const archive = path.join(resources, 'app.asar')

test('the archive contains what the app needs, and no sources or tools', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  expect(files).toContain('/out/main/index.cjs')
  expect(files).toContain('/out/preload/index.cjs')
  expect(files).toContain('/out/renderer/index.html')
  const topLevel = new Set(files.map((file) => file.split('/')[1]))
  expect(topLevel).toEqual(new Set(['node_modules', 'out', 'package.json']))
  const strange = /\.(map|ts|tsx|c|cc|cpp|h|gyp)$|\/\.env|\/(test|tests|docs)\//
  expect(files.filter((file) => strange.test(file))).toEqual([])
})

test('outside of the archive is one binary of each native package, and no code', () => {
  const unpacked = path.join(resources, 'app.asar.unpacked')
  const files = fs
    .readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(unpacked, path.join(entry.parentPath, entry.name)))
  const platform = `${process.platform}-${process.arch}`
  const packages = files.map(
    (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? '',
  )
  expect(packages.toSorted()).toEqual([
    '@serialport/bindings-cpp',
    'better-sqlite3',
    'keytar',
    'node-hid',
  ])
  expect(files).toEqual(
    expect.arrayContaining([
      `node_modules/better-sqlite3/prebuilds/${platform}.node`,
      `node_modules/keytar/prebuilds/${platform}/keytar.node`,
    ]),
  )
  expect(files.every((file) => file.endsWith('.node'))).toBe(true)
})

test('what the app brings is what the list says', () => {
  test.skip(process.platform !== 'linux' || process.arch !== 'x64', 'natives have other names')
  const listed = fs.readFileSync(contentsFile, 'utf8').trim().split('\n')
  // When the difference is right: node build/write-contents.ts
  expect(contentsOf(resources)).toEqual(listed)
})

test('beside Electron it is at most 12 MB, compressed', () => {
  expect(compressedSize(resources)).toBeLessThanOrEqual(12_000_000)
})

// Each of these takes a slow PC a tenth of a second, while a person waits for the till.
test('a start loads neither schemas into the window, nor what is wanted later', () => {
  const page = listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .find((file) => /^out\/renderer\/assets\/index-[^/]+\.js$/.test(file))
  const ofSchemas = 'ZodError'
  const ofCodes = 'bwipp'
  const ofCharts = 'recharts'
  const ofHttp = 'ProxyAgent'
  const ofCertificates = 'tsyringe'
  const ofKeyFiles = 'pkcs12FromAsn1'
  // A till without other tills loads nothing of their engine, and the server's program is not in the package at all.
  const ofChain = 'JetStreamClientImpl'
  const engine = loadedCode(archive, 'out/main/engine.cjs')
  for (const word of [ofHttp, ofCertificates, ofKeyFiles, ofChain])
    expect(engine).not.toContain(word)
  expect(engine).toContain(ofSchemas)
  // Node compiles them anew in each thread.
  for (const code of [engine, loadedCode(archive, 'out/main/index.cjs')])
    expect(code).not.toMatch(/require\("(?:node:)?(?:https|tls)"\)/)
  const firstScripts = extractFile(archive, 'out/renderer/index.html').toString('utf8')
  // One script and one style sheet: each file more is a request through the window's thread.
  expect(firstScripts.match(/<(?:script|link)\b/g)).toHaveLength(2)
  for (const script of ['out/main/index.cjs', page ?? 'no page']) {
    const code = loadedCode(archive, script)
    for (const word of [ofSchemas, ofCodes, ofCharts, ofHttp, ofCertificates, ofKeyFiles, ofChain])
      expect(code).not.toContain(word)
  }
  // V8 keeps a script with one Chinese character as two bytes for each of its characters.
  const scripts = listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => /^out\/.*\.c?js$/.test(file))
  const isAscii = (file: string): boolean => extractFile(archive, file).every((byte) => byte < 128)
  expect(scripts.filter((file) => !isAscii(file))).toEqual([])
  // Otherwise this would go on passing after a library renamed it.
  const everywhere = listPackage(archive, { isPack: false })
    .filter((file) => /\.c?js$/.test(file) && file.includes('out'))
    .map((file) => extractFile(archive, file.slice(1)).toString('utf8'))
    .join('\n')
  for (const word of [ofSchemas, ofCodes, ofCharts, ofHttp, ofCertificates, ofKeyFiles, ofChain])
    expect(everywhere).toContain(word)
})
