import { app } from 'electron'
import { switchesOfPractice } from './switches.ts'

/** What a till that is replaced by another version of it was started with. */
export const relaunched = [...switchesOfPractice, 'mode', 'training-gateway']

/** Those of the switches that this program was started with, as they are written. */
export function ownSwitches(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (!app.commandLine.hasSwitch(name)) return []
    const value = app.commandLine.getSwitchValue(name)
    return value === '' ? `--${name}` : `--${name}=${value}`
  })
}
