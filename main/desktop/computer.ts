import { net } from 'electron'
import type { ApplicationParts } from '../app/application.ts'
import type { LaunchOptions } from './launch-options.ts'
import { readLicences } from './licences.ts'
import { readRuntimeFacts } from './runtime-facts.ts'
import { createStartUp } from './start-up.ts'
import { systemDevices } from '../scanners/devices.ts'

type Computer = ApplicationParts['computer']

/** Returns what the application uses of this computer. `shortcut` is the one that raises the window. */
export function createComputer(
  preferences: Computer['preferences'],
  { developmentRuntime }: Pick<LaunchOptions, 'developmentRuntime'>,
  shortcut: Parameters<typeof readRuntimeFacts>[1],
): Computer {
  return {
    preferences,
    startUp: createStartUp(),
    licences: readLicences,
    runtime: readRuntimeFacts(developmentRuntime, shortcut),
    clock: Date.now,
    fetch: (url, init) => net.fetch(url, init),
    devices: systemDevices,
  }
}
