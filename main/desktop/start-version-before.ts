import { app } from 'electron'
import type { Log } from '../computer/log.ts'
import { ownSwitches, relaunched } from './own-switches.ts'

/**
 * Puts the version before back in the place of this one, which has not come up, and starts it. Returns whether it did;
 * otherwise this one has to be tried once more.
 */
export async function startVersionBefore(userData: string, log: Log): Promise<boolean> {
  try {
    // Loaded only where it is wanted: with it comes the database.
    const { takeBack } = await import('../computer/take-back.ts')
    const program = takeBack(userData, app.getVersion())
    if (program === null) {
      log.warn('update.not-taken-back', { version: app.getVersion() })
      return false
    }
    log.warn('update.taken-back', { version: app.getVersion() })
    app.relaunch({ execPath: program, args: ownSwitches(relaunched) })
    app.exit(0)
    return true
  } catch (cause) {
    log.error('update.fault', cause)
    return false
  }
}
