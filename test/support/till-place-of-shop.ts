import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { engineVariable } from '../../build/chain/engine-recipe.ts'
import { batches } from './counter-steps.ts'
import { engineHere } from './engine-here.ts'
import { openKeychainSession } from './keychain-session.ts'

/** Where one till of a shop keeps what is its own. */
export interface TillPlaceOfShop {
  readonly userDataFolder: string
  /** With its own keychain. */
  readonly env: NodeJS.ProcessEnv
}

/** The shop's part of the settings file: 满100减20 may be honoured without WeChat Pay. */
export const shop = {
  settings: {
    offline: { mode: 'honour' },
    onlyStockId: batches.twentyOff,
    stockTerms: { [batches.twentyOff]: { discountFen: 20_00, thresholdFen: 100_00 } },
  },
}

/** Makes a profile and a keychain for one till. */
export async function placeOfTill(): Promise<TillPlaceOfShop & { remove(): Promise<void> }> {
  const userDataFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-data-'))
  const keychain = await openKeychainSession('unlocked')
  return {
    userDataFolder,
    // Where a till looks for the program of a shop's server first.
    env: { ...keychain.env, ...(engineHere !== null && { [engineVariable]: engineHere }) },
    async remove() {
      await keychain.close()
      rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
