import type { ShippedPackage } from './shipped-package.ts'

interface Component {
  readonly 'bom-ref': string
  readonly type?: string
  readonly name?: string
  readonly scope?: string
  readonly properties?: readonly { readonly name: string }[]
}

/** As far as it is read of what `npm sbom` writes. */
export interface Bom {
  readonly metadata: { readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const onlyForDevelopment = 'cdx:npm:package:development'

/**
 * Cuts npm's list of everything in package-lock.json down to what ships. npm's own `--omit dev` will not do: it leaves out
 * runtime packages that development tools need too, and does not know what is bundled into the page, nor Electron.
 * Throws when something that ships is not in npm's list.
 */
export function shippedBom(
  all: Bom,
  shipped: readonly Pick<ShippedPackage, 'name' | 'version'>[],
): Bom {
  const refs = new Set(shipped.map(({ name, version }) => `${name}@${version}`))
  const components = all.components.filter((component) => refs.has(component['bom-ref']))
  const listed = new Set(components.map((component) => component['bom-ref']))
  const missing = [...refs].filter((ref) => !listed.has(ref))
  if (missing.length > 0) throw new Error(`not in package-lock.json: ${missing.join(', ')}`)
  const root = all.metadata.component['bom-ref']
  const name = root.replace(/@[^@]*$/, '')
  return {
    ...all,
    metadata: {
      ...all.metadata,
      // npm takes the name of the folder, and an application for a library.
      component: { ...all.metadata.component, type: 'application', name },
    },
    components: components.map((component) => ({
      ...component,
      scope: 'required',
      properties: (component.properties ?? []).filter((each) => each.name !== onlyForDevelopment),
    })),
    dependencies: all.dependencies
      .filter(({ ref }) => ref === root || listed.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((to) => listed.has(to)) })),
  }
}
