import { extractFile, listPackage } from '@electron/asar'
import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { packagedApp } from '../../build/packaged-app.ts'

const { resources } = packagedApp()
const archive = path.join(resources, 'app.asar')

function read(file: string): unknown {
  return JSON.parse(extractFile(archive, file).toString('utf8'))
}

/** `name@version` of every package in the archive. */
function packedPackages(): string[] {
  const manifests = listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').slice(1))
    .filter((file) => /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(file))
  return manifests.map((file) => nameOf(read(file)))
}

function nameOf(of: unknown): string {
  if (typeof of !== 'object' || of === null || !('name' in of) || !('version' in of))
    throw new TypeError('neither name nor version')
  return `${String(of.name)}@${String(of.version)}`
}

test('every packed package is in the bill of materials and in the list of licences', () => {
  const bom: unknown = JSON.parse(fs.readFileSync(path.join(resources, 'sbom.cdx.json'), 'utf8'))
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { type: 'application', name: 'hexiao-till' } },
  })
  const components = /"bom-ref": "([^"]+)"/g
  const listed = [...JSON.stringify(bom, null, 1).matchAll(components)].map(([, ref]) => ref)
  const licences = read('out/main/licences.json')
  if (!Array.isArray(licences)) throw new TypeError('no list of licences')
  const withTerms = licences.map(nameOf)
  const packed = packedPackages()
  expect(packed.length).toBeGreaterThan(20)
  expect(packed.filter((name) => !listed.includes(name))).toEqual([])
  expect(packed.filter((name) => !withTerms.includes(name))).toEqual([])
  expect(withTerms.filter((name) => !listed.includes(name))).toEqual([])
  // What is bundled, and Electron.
  for (const name of ['react@', 'undici@', 'electron@'])
    expect(listed.some((ref) => ref?.startsWith(name))).toBe(true)
})
