// npm run pos-client: writes the functions and types of the TypeScript client as they follow from docs/pos/openapi.yaml.
import path from 'node:path'
import { generate } from 'orval'
import { projectRoot } from '../project.ts'

export const clientSource = path.join(projectRoot, 'clients/typescript/src')

/** Writes `generated.ts` into a folder that has the client's `send.ts`, by which the generated functions send. */
export async function generatePosClient(folder: string): Promise<void> {
  await generate(
    {
      input: { target: path.join(projectRoot, 'docs/pos/openapi.yaml') },
      output: {
        target: path.join(folder, 'generated.ts'),
        mode: 'single',
        client: 'fetch',
        headers: true,
        urlEncodeParameters: true,
        tsconfig: {
          compilerOptions: { allowImportingTsExtensions: true, moduleResolution: 'bundler' },
        },
        override: {
          enumGenerationType: 'union',
          header: () => [
            'Made of docs/pos/openapi.yaml by `npm run pos-client`. Not to be edited.',
          ],
          mutator: { path: path.join(folder, 'send.ts'), name: 'send' },
        },
      },
    },
    projectRoot,
  )
}

if (import.meta.main) await generatePosClient(clientSource)
