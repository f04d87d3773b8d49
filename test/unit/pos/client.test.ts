import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { clientSource, generatePosClient } from '../../../build/pos-client/generate.ts'
import { projectRoot } from '../../../build/project.ts'

const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()),
})

function manifestIn(folder: string): z.infer<typeof Manifest> {
  const file = path.join(projectRoot, folder, 'package.json')
  return Manifest.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
}

function generatedIn(folder: string): string {
  return fs.readFileSync(path.join(folder, 'generated.ts'), 'utf8')
}

// After a change that is meant: npm run pos-client
test('the TypeScript client is what the generator makes of the document', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-client-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  fs.copyFileSync(path.join(clientSource, 'send.ts'), path.join(folder, 'send.ts'))
  await generatePosClient(folder)
  expect(generatedIn(clientSource)).toBe(generatedIn(folder))
})

test('what the client depends on is what it is tested with', () => {
  const here = manifestIn('.').devDependencies
  const { dependencies, devDependencies } = manifestIn('clients/typescript')
  expect(Object.keys(dependencies)).toEqual(['eventsource-parser'])
  expect(here).toMatchObject({ ...dependencies, ...devDependencies })
})
