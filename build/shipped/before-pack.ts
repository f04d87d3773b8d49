import fs from 'node:fs'
import path from 'node:path'
import { npmOutput } from '../npm.ts'
import { compilePosCommand } from '../pos-command.ts'
import { runOrThrow } from '../command.ts'
import { projectRoot, TaskError } from '../project.ts'
import { licenceListFile } from './licence-list.ts'
import { allTerms } from './all-terms.ts'
import { type Bom, shippedBom } from './sbom.ts'
import { updateConfig } from '../release/update-config.ts'
import type { ShippedPackage } from './shipped-package.ts'

/**
 * Called by electron-builder (electron-builder.yml): writes the CycloneDX list of what is packed, and all terms; compiles
 * `hexiao-till pos`, and bundles `hexiao-till shop-server` and `hexiao-till office-hub`.
 */
export async function beforePack(): Promise<void> {
  await compilePosCommand(path.join(projectRoot, 'out/pos'))
  // In a process of its own: Vite sets NODE_ENV, under which npm leaves out of its list all that is bundled.
  await runOrThrow(process.execPath, ['build/back-office.ts'], { cwd: projectRoot })
  const { status, output } = await npmOutput([
    'sbom',
    '--sbom-format=cyclonedx',
    '--package-lock-only',
  ])
  if (status !== 0) throw new TaskError('npm sbom failed.')
  const all: Bom = JSON.parse(output)
  const shipped: ShippedPackage[] = JSON.parse(
    fs.readFileSync(path.join(projectRoot, licenceListFile), 'utf8'),
  )
  const file = path.join(projectRoot, 'out/sbom.cdx.json')
  fs.writeFileSync(file, JSON.stringify(shippedBom(all, shipped), null, 2))
  const ours = fs.readFileSync(path.join(projectRoot, 'LICENSE'), 'utf8')
  fs.writeFileSync(path.join(projectRoot, 'out/licences.txt'), allTerms(ours, shipped))
  fs.writeFileSync(path.join(projectRoot, 'out/app-update.yml'), updateConfig(process.env))
}
