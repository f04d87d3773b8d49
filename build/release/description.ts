import fs from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectRoot } from '../project.ts'

const Manifest = z.object({
  version: z.string(),
  license: z.string(),
  productName: z.string(),
  homepage: z.url().optional(),
})

const Builder = z.object({
  appId: z.string(),
  linux: z.object({
    target: z.array(z.string()),
    executableName: z.string(),
    category: z.string(),
    maintainer: z.string(),
    synopsis: z.string(),
    description: z.string(),
    desktop: z.object({ entry: z.record(z.string(), z.string()) }),
  }),
})

/** What every Linux package says of the till. Written once, in electron-builder.yml and package.json. */
export interface Description {
  /** Reversed domain name: `app.hexiao.till`. */
  readonly id: string
  /** Name of program, package, icon and desktop file: `hexiao-till`. */
  readonly name: string
  readonly productName: string
  readonly version: string
  readonly licence: string
  readonly maintainer: string
  readonly homepage: string | null
  readonly category: string
  /** One line, without a full stop. */
  readonly synopsis: string
  readonly description: string
  /** What the desktop file has beside the usual: names in other languages, key words. */
  readonly desktopEntry: Readonly<Record<string, string>>
  /** Files by the folder of the hicolor theme that they belong into: `32x32`. */
  readonly icons: Readonly<Record<string, string>>
  /** The kinds of package: `AppImage`, `deb`. */
  readonly targets: readonly string[]
}

/** Throws when one of the two files lacks what packages need. */
export function readDescription(version = readManifest().version): Description {
  const { license, productName, homepage } = readManifest()
  const { appId, linux } = Builder.parse(
    parse(fs.readFileSync(path.join(projectRoot, 'electron-builder.yml'), 'utf8')),
  )
  return {
    id: appId,
    name: linux.executableName,
    productName,
    version,
    licence: license,
    maintainer: linux.maintainer,
    homepage: homepage ?? null,
    category: linux.category,
    synopsis: linux.synopsis,
    description: linux.description,
    desktopEntry: linux.desktop.entry,
    icons: icons(),
    targets: linux.target,
  }
}

function readManifest(): z.output<typeof Manifest> {
  return Manifest.parse(JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8')))
}

/** The hicolor theme has no folder for 1024. */
function icons(): Record<string, string> {
  const folder = path.join(projectRoot, 'build/icons')
  const sizes = fs.readdirSync(folder).flatMap((file) => /^(\d+x\d+)\.png$/.exec(file)?.[1] ?? [])
  const files = sizes
    .filter((size) => size !== '1024x1024')
    .map((size) => [size, path.join(folder, `${size}.png`)])
  return { ...Object.fromEntries(files), scalable: path.join(folder, 'icon.svg') }
}
