import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '../../../build/project.ts'
import {
  hasDpkg,
  isForMusl,
  librariesOf,
  nativeBinariesIn,
  unlistedLibraries,
} from '../../support/native-binaries.ts'

// The packaged ones are checked again in test/e2e/libraries.packaged.spec.ts, with Electron's own.
describe.skipIf(process.platform !== 'linux')('every native binary of the packages', () => {
  const packages = fs.realpathSync(path.join(projectRoot, 'node_modules'))
  const binaries = new Map<string, ReturnType<typeof librariesOf>>()
  beforeAll(() => {
    for (const file of nativeBinariesIn(packages)) {
      const libraries = librariesOf(file)
      if (!isForMusl(libraries)) binaries.set(path.relative(packages, file), libraries)
    }
  }, 60_000)

  test.each(['better-sqlite3/', 'keytar/', 'node-hid/', '@serialport/bindings-cpp/'])(
    'is checked: %s',
    (name) => {
      expect([...binaries.keys()].filter((binary) => binary.startsWith(name))).not.toEqual([])
    },
  )

  test('finds the libraries that it is linked with', () => {
    const missing = [...binaries].flatMap(([binary, libraries]) =>
      libraries.filter(({ file }) => file === null).map(({ name }) => `${name} of ${binary}`),
    )
    expect(missing).toEqual([])
  })

  test.skipIf(!hasDpkg())(
    // Where dpkg is not here, it is unknown which package a library is from.
    'has its libraries from packages that build/system-packages.ts installs on a fresh machine',
    () => {
      const files = [...binaries.values()].flat().flatMap(({ file }) => file ?? [])
      expect(unlistedLibraries(new Set(files))).toEqual([])
    },
  )
})
