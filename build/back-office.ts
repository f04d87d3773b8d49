// npm run shop-server: bundles `hexiao-till shop-server` into out/shop-server/, one file that Node runs without Electron
// (docs/decisions/0064-a-server-without-a-till.md).
import path from 'node:path'
import { build } from 'vite'
import { projectRoot, runTask } from './project.ts'

export const shopServerProgramName = 'hexiao-till-shop-server.mjs'

/** Returns its file. */
export async function buildShopServerProgram(folder: string): Promise<string> {
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: 'main/shop-server/main.ts',
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        output: { entryFileNames: shopServerProgramName, codeSplitting: false },
      },
    },
  })
  return path.join(folder, shopServerProgramName)
}

if (import.meta.main)
  await runTask(async () => {
    console.log(await buildShopServerProgram(path.join(projectRoot, 'out/shop-server')))
    return 0
  })
