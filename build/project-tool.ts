import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from './project.ts'

/**
 * Returns the script behind a command of an npm package, to be run with `process.execPath`. The file in
 * node_modules/.bin is a shell script on Windows, which cannot be started as a program.
 */
export function projectTool(packageName: string, command = packageName): string {
  const folder = path.join(projectRoot, 'node_modules', packageName)
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const bin = member(manifest, 'bin')
  const file = typeof bin === 'string' ? bin : member(bin, command)
  if (typeof file !== 'string') throw new Error(`${packageName} has no command ${command}`)
  return path.join(folder, file)
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
