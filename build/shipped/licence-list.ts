import fs from 'node:fs'
import path from 'node:path'
import { runtimeDependencies } from './runtime-dependencies.ts'
import { readShippedPackage, type ShippedPackage } from './shipped-package.ts'

/** As far as it is used of a bundler's plugin. */
interface Plugin {
  readonly name: string
  generateBundle(options: unknown, bundle: Readonly<Record<string, object>>): void
  closeBundle(): void
}

/** Where the compiled app finds it (`main/desktop/licences.ts`). */
export const licenceListFile = 'out/main/licences.json'

/**
 * Writes down every package that ships, with its terms: what the bundles contain, what is packed beside them, and
 * Electron. Made from node_modules at each build, so that no list has to be kept. `isLast` is true for the last of the
 * bundles, with which it is written.
 */
export function licenceList(root: string): { plugin(isLast?: boolean): Plugin } {
  const folders = new Set<string>()
  return {
    plugin: (isLast = false) => ({
      name: 'licence-list',
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle))
          for (const folder of packagesIn(output)) folders.add(folder)
      },
      closeBundle() {
        if (isLast) write(root, folders)
      },
    }),
  }
}

function packagesIn(output: object): string[] {
  const ids: unknown = 'moduleIds' in output ? output.moduleIds : []
  if (!Array.isArray(ids)) return []
  return ids.flatMap((id) => packageFolder(String(id)) ?? [])
}

/** The folder of the package that a module is of: `…/node_modules/@scope/name`; `null` for one of ours. */
export function packageFolder(moduleId: string): string | null {
  const id = moduleId.replace(/^\0/, '').replaceAll('\\', '/')
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/@][^/]*)\//.exec(id) ?? []
  return folder ?? null
}

function write(root: string, bundled: ReadonlySet<string>): void {
  const beside = [...runtimeDependencies(root)].map((folder) => path.join(root, folder))
  const all = [...bundled, ...beside, path.join(root, 'node_modules/electron')].map(
    readShippedPackage,
  )
  const byName = new Map(all.map((shipped) => [`${shipped.name}@${shipped.version}`, shipped]))
  const list: ShippedPackage[] = [...byName.values()].toSorted((one, other) =>
    one.name.localeCompare(other.name, 'en'),
  )
  fs.writeFileSync(path.join(root, licenceListFile), JSON.stringify(list))
}
