// npm run back-office: bundles `hexiao-till shop-server` and `hexiao-till office-hub` into out/back-office/, one file each, which Node
// runs without Electron (docs/decisions/0064-a-server-without-a-till.md).
import path from 'node:path'
import { build } from 'vite'
import { projectRoot, runTask } from './project.ts'

/** Each is a folder of main/. */
const programs = ['shop-server', 'office-hub'] as const

/** Returns the program's file. */
export async function buildBackOfficeProgram(
  program: (typeof programs)[number],
  folder: string,
): Promise<string> {
  const name = `hexiao-till-${program}.mjs`
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: `main/${program}/main.ts`,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  })
  return path.join(folder, name)
}

if (import.meta.main)
  await runTask(async () => {
    const folder = path.join(projectRoot, 'out/back-office')
    for (const program of programs) console.log(await buildBackOfficeProgram(program, folder))
    return 0
  })
