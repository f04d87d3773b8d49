import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { projectRoot } from '../../../build/project.ts'

const Versions = z.record(z.string(), z.string())
const Manifest = z.object({
  dependencies: Versions.default({}),
  devDependencies: Versions.default({}),
  optionalDependencies: Versions.default({}),
})
const Entry = z.object({
  version: z.string().optional(),
  optionalDependencies: Versions.optional(),
})
const Lock = z.object({ packages: z.record(z.string(), Entry) })

function readJson(name: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(projectRoot, name), 'utf8'))
}

const manifest = Manifest.parse(readJson('package.json'))
const { packages } = Lock.parse(readJson('package-lock.json'))

test('every dependency is pinned to one version', () => {
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  // A package of this repository has the version that it has here, and pins its own.
  const ours = wanted.filter(([, version]) => version.startsWith('file:'))
  const inner = ours.flatMap(([, version]) => {
    const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(
      readJson(`${version.slice('file:'.length)}/package.json`),
    )
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  })
  const others = [...wanted.filter((each) => !ours.includes(each)), ...inner]
  const loose = others.filter(([, version]) => !/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/.test(version))
  expect(loose).toEqual([])
})

// npm ci refuses a lock file that leaves out a platform, and a Windows developer would get no binary.
test('the lock file has the package of every platform', () => {
  const places = Object.keys(packages)
  const missing = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !places.some((other) => other.endsWith(`node_modules/${name}`)))
      .map((name) => `${place} -> ${name}`),
  )
  expect(missing).toEqual([])
})
