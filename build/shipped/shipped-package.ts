import fs from 'node:fs'
import path from 'node:path'

/** A package of somebody else's that is part of what ships. */
export interface ShippedPackage {
  readonly name: string
  readonly version: string
  /** As its package.json has it, in SPDX's words; empty where it has none. */
  readonly licence: string
  /** The files with its terms, as they are; empty where it brings none. */
  readonly text: string
}

const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/** Reads what a package in node_modules says of itself. */
export function readShippedPackage(folder: string): ShippedPackage {
  const manifest: Record<string, unknown> = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  )
  const texts = fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map((entry) => fs.readFileSync(path.join(folder, entry.name), 'utf8').trim())
  return {
    name: String(manifest['name']),
    version: String(manifest['version']),
    licence: licenceOf(manifest),
    text: texts.join('\n\n'),
  }
}

/** Old packages have an object, or a list of them. */
function licenceOf({ license, licenses }: Record<string, unknown>): string {
  const [first] = Array.isArray(licenses) ? licenses : [licenses]
  const named: unknown = license ?? first
  if (typeof named === 'string') return named
  return typeof named === 'object' && named !== null && 'type' in named ? String(named.type) : ''
}
