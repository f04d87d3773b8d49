import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import fs from 'node:fs'
import { z } from 'zod'
import { parse } from 'yaml'
import { inspectableApp, packagedApp } from '../../build/packaged-app.ts'

const wanted: Readonly<Record<string, boolean>> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

/** State of each fuse by name; a fuse that this Electron does not have is left out. */
async function fusesOf(executable: string): Promise<Record<string, boolean>> {
  const wire = new Map(Object.entries(await getCurrentFuseWire(executable)))
  const fuses = Object.entries(FuseV1Options).flatMap(([name, position]) => {
    const state = typeof position === 'number' ? wire.get(String(position)) : undefined
    const isSet = state === FuseState.ENABLE || state === FuseState.DISABLE
    return isSet ? [[name, state === FuseState.ENABLE] as const] : []
  })
  return Object.fromEntries(fuses)
}

test('the package has the fuses that electron-builder.yml sets', async () => {
  const fuses = await fusesOf(packagedApp().executable)
  // Electron's default: traps in WebAssembly do not affect who can get in.
  delete fuses['WasmTrapHandlers']
  expect(fuses).toEqual(wanted)
  const Config = z.looseObject({ electronFuses: z.record(z.string(), z.boolean()) })
  const { electronFuses } = Config.parse(parse(fs.readFileSync('electron-builder.yml', 'utf8')))
  const written = Object.entries(electronFuses).map(([name, isOn]) => [
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    isOn,
  ])
  expect(Object.fromEntries(written)).toEqual(wanted)
})

test('the copy for the tests differs only in that fuse', async () => {
  const shipped = await fusesOf(packagedApp().executable)
  const copy = await fusesOf(inspectableApp().executable)
  expect(copy).toEqual({ ...shipped, EnableNodeCliInspectArguments: true })
})
