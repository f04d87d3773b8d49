import { listPackage } from '@electron/asar'
import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { packagedApp } from '../../build/packaged-app.ts'
import { compressedSize, contentsFile, contentsOf } from '../../build/shipped/contents.ts'

const { resources } = packagedApp()
const archive = path.join(resources, 'app.asar')

test('the archive contains what the app needs, and no sources or tools', () => {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  expect(files).toContain('/out/main/index.js')
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
