// npm run package: builds the app as a folder in dist/ that starts without Node. Installers: npm run release.
import path from 'node:path'
import { findElectron } from './electron/find-electron.ts'
import { packFolder } from './pack-folder.ts'
import { projectRoot, runTask } from './project.ts'
import { requireSystemPackages } from './system-packages.ts'

await runTask(async () => {
  await requireSystemPackages('app', 'compiler')
  const dist = path.join(projectRoot, 'dist')
  const { executable } = await packFolder(await findElectron(), { dist })
  console.log(`Packaged: ${executable}`)
  return 0
})
