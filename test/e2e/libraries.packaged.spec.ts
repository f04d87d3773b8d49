import { expect, test } from '@playwright/test'
import path from 'node:path'
import { packagedApp } from '../../build/packaged-app.ts'
import {
  hasDpkg,
  librariesOf,
  nativeBinariesIn,
  unlistedLibraries,
} from '../support/native-binaries.ts'

test('every packaged binary finds its libraries, on a fresh machine too', () => {
  test.skip(process.platform !== 'linux', 'ldd exists only on Linux')
  const { folder } = packagedApp()
  const binaries = nativeBinariesIn(folder)
  expect(binaries.length).toBeGreaterThan(4)
  const libraries = binaries.flatMap((binary) =>
    librariesOf(binary).map((library) => ({ ...library, of: path.relative(folder, binary) })),
  )
  expect(libraries.filter(({ file }) => file === null)).toEqual([])
  const ofTheSystem = libraries
    .flatMap(({ file }) => file ?? [])
    .filter((file) => path.relative(folder, file).startsWith('..'))
  if (hasDpkg()) expect(unlistedLibraries(new Set(ofTheSystem))).toEqual([])
})
