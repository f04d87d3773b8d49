import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { readAudit } from '../../../build/shipped/audit.ts'
import { licenceList, licenceListFile, packageFolder } from '../../../build/shipped/licence-list.ts'
import { runtimeDependencies } from '../../../build/shipped/runtime-dependencies.ts'
import { type Bom, shippedBom } from '../../../build/shipped/sbom.ts'
import { readShippedPackage } from '../../../build/shipped/shipped-package.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

const root = path.join(import.meta.dirname, '../../..')
const manifest: {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const lock: { packages: Record<string, { hasInstallScript?: true }> } = JSON.parse(
  readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
)

describe('what is packed beside the app', () => {
  const folders = [...runtimeDependencies(root)]

  test('is each dependency, with what it depends on wherever that lies', () => {
    for (const name of Object.keys(manifest.dependencies))
      expect(folders).toContain(`node_modules/${name}`)
    expect(folders).toContain('node_modules/serialport/node_modules/debug')
    expect(folders).toContain('node_modules/ms')
    for (const tool of ['vitest', 'typescript', 'electron', 'yaml'])
      expect(folders).not.toContain(`node_modules/${tool}`)
  })

  test('may be passed on, and brings its terms', () => {
    const free = /^\(?(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause)\b/
    const packages = folders.map((folder) => readShippedPackage(path.join(root, folder)))
    expect(packages.filter(({ licence }) => !free.test(licence))).toEqual([])
    expect(packages.filter(({ text }) => text.length < 200)).toEqual([])
  })
})

describe('the list of licences', () => {
  let folder: string
  beforeEach(() => {
    const temporary = temporaryFolder()
    folder = temporary.path
    return () => temporary.remove()
  })

  function put(name: string, content: object | string): void {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }

  test('has what is bundled, what is packed beside it, and Electron', () => {
    put('node_modules/bundled/package.json', { name: 'bundled', version: '1.0.0', license: 'MIT' })
    put('node_modules/bundled/LICENSE.md', 'the terms\n')
    put('node_modules/beside/package.json', {
      name: 'beside',
      version: '2.0.0',
      license: { type: 'ISC' },
    })
    put('node_modules/deep/package.json', {
      name: 'deep',
      version: '3.0.0',
      licenses: [{ type: 'MIT' }],
    })
    put('node_modules/electron/package.json', { name: 'electron', version: '45.0.0' })
    put('node_modules/tool/package.json', { name: 'tool', version: '1.0.0' })
    put('out/main/index.cjs', '')
    put('package-lock.json', {
      packages: {
        '': { dependencies: { beside: '2', absent: '1' } },
        'node_modules/beside': { dependencies: { deep: '3' } },
        'node_modules/deep': {},
        'node_modules/absent': {},
        'node_modules/tool': {},
      },
    })
    const list = licenceList(folder)
    list.plugin().generateBundle({}, { 'a.js': { moduleIds: ['/src/a.ts'] } })
    const last = list.plugin(true)
    const moduleIds = [`${folder}/node_modules/bundled/lib/x.js`, '\0virtual']
    last.generateBundle({}, { 'b.js': { moduleIds }, 'b.css': {} })
    last.closeBundle()
    const written: { name: string; licence: string; text: string }[] = JSON.parse(
      readFileSync(path.join(folder, licenceListFile), 'utf8'),
    )
    expect(written.map(({ name, licence, text }) => [name, licence, text])).toEqual([
      ['beside', 'ISC', ''],
      ['bundled', 'MIT', 'the terms'],
      ['deep', 'MIT', ''],
      ['electron', '', ''],
    ])
  })

  test.each([
    ['/x/node_modules/react/index.js', '/x/node_modules/react'],
    ['/x/node_modules/@a/b/dist/c.js?v=1', '/x/node_modules/@a/b'],
    ['/x/node_modules/a/node_modules/b/c.js', '/x/node_modules/a/node_modules/b'],
    [String.raw`C:\x\node_modules\a\b.js`, 'C:/x/node_modules/a'],
    ['\0/x/node_modules/a/b.js', '/x/node_modules/a'],
    ['/x/renderer/main.tsx', null],
    ['\0vite/preload-helper', null],
  ])('the package of %j', (id, packageOf) => {
    expect(packageFolder(id)).toBe(packageOf)
  })
})

describe('the bill of materials', () => {
  const all: Bom = {
    metadata: { component: { 'bom-ref': 'hexiao-till@1.0.0' } },
    components: [
      { 'bom-ref': 'zod@4.0.0', properties: [{ name: 'cdx:npm:package:development' }] },
      { 'bom-ref': 'vitest@5.0.0' },
    ],
    dependencies: [
      { ref: 'hexiao-till@1.0.0', dependsOn: ['zod@4.0.0', 'vitest@5.0.0'] },
      { ref: 'vitest@5.0.0', dependsOn: ['zod@4.0.0'] },
      { ref: 'zod@4.0.0', dependsOn: [] },
    ],
  }

  test('is of what ships alone', () => {
    expect(shippedBom(all, [{ name: 'zod', version: '4.0.0' }])).toEqual({
      metadata: {
        component: { 'bom-ref': 'hexiao-till@1.0.0', type: 'application', name: 'hexiao-till' },
      },
      components: [{ 'bom-ref': 'zod@4.0.0', scope: 'required', properties: [] }],
      dependencies: [
        { ref: 'hexiao-till@1.0.0', dependsOn: ['zod@4.0.0'] },
        { ref: 'zod@4.0.0', dependsOn: [] },
      ],
    })
  })

  test('is none when something that ships is missing in it', () => {
    expect(() => shippedBom(all, [{ name: 'react', version: '19.0.0' }])).toThrow('react@19.0.0')
  })
})

describe('install scripts', () => {
  test('each package that has one is decided on in allowScripts', () => {
    const withScript = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([folder]) => folder.slice(folder.lastIndexOf('node_modules/') + 13))
    expect(withScript.length).toBeGreaterThan(3)
    expect(withScript.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([])
  })

  test('what may run is what docs/dependencies.md gives a reason for', () => {
    const text = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')
    const section = text.slice(text.indexOf('## Install scripts'))
    const allowed = Object.entries(manifest.allowScripts).flatMap(([name, may]) =>
      may ? [name] : [],
    )
    expect(allowed.filter((name) => !section.includes(`\`${name}\``))).toEqual([])
    expect(allowed.toSorted()).toEqual(['@github/keytar', '@swc/core', 'keytar', 'node'])
  })
})

/** Returns the packages that the main process's files import by name. */
function importedPackages(): string[] {
  const files = readdirSync(path.join(root, 'main'), { recursive: true, encoding: 'utf8' })
  const texts = files.flatMap((file) =>
    file.endsWith('.ts') ? [readFileSync(path.join(root, 'main', file), 'utf8')] : [],
  )
  const named = texts.flatMap((text) =>
    [
      ...text.matchAll(/(?:from |^import |import\()'((?:@[^'/]+\/)?[^'./:][^'/:]*)(?:\/[^']*)?'/gm),
    ].map(([, name = '']) => name),
  )
  return [...new Set(named)].filter((name) => name !== 'electron').toSorted()
}

test('docs/dependencies.md speaks of each package of the main process, in the version that is used', () => {
  const text = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')
  const versions: Record<string, string | undefined> = {
    ...manifest.devDependencies,
    ...manifest.dependencies,
  }
  const imported = importedPackages()
  expect(imported).toEqual(expect.arrayContaining([...Object.keys(manifest.dependencies), 'zod']))
  const missing = imported.filter((name) => {
    const version = versions[name]?.replace(/^npm:.*@/, '')
    return !text.includes(`| \`${name}\` ${version} |`)
  })
  expect(missing).toEqual([])
})

describe('known holes', () => {
  test('are told by package', () => {
    const report = {
      auditReportVersion: 2,
      vulnerabilities: {
        undici: { severity: 'high', via: [{ title: 'Smuggling' }, 'other'] },
        tool: { severity: 'low', via: [] },
      },
    }
    expect(readAudit(JSON.stringify(report))).toEqual({
      kind: 'known',
      holes: [
        { name: 'undici', severity: 'high', isGrave: true, titles: ['Smuggling', 'through other'] },
        { name: 'tool', severity: 'low', isGrave: false, titles: [] },
      ],
    })
    expect(readAudit('{"vulnerabilities":{}}')).toEqual({ kind: 'known', holes: [] })
  })

  test.each([
    ['{"message":"405 Method Not Allowed","statusCode":405}', '405 Method Not Allowed'],
    ['{"error":{"code":"ENOTFOUND"}}', 'no report'],
    ['', 'no report'],
    ['<html>', 'no report'],
  ])('are not known where the registry answers %j', (output, why) => {
    expect(readAudit(output)).toEqual({ kind: 'not-reachable', why })
  })
})
