import { rmSync } from 'node:fs'
import path from 'node:path'
import { openEscrow } from '../../backup/key-escrow.ts'
import type { DecommissionFault } from '../../contract/decommission.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import { runApart } from '../../outside/run-apart.ts'
import { createSealing } from '../../store/sealing.ts'
import type { BackedUpTill } from '../open-till.ts'
import { markDecommissioned } from './decommission-mark.ts'
import type { LivePlace } from './live-place.ts'
import { sealRecords } from './back-up-to.ts'

/** What a person gave to decommission a till. */
interface DecommissionOrder {
  readonly word: string
  readonly password: string
  readonly movesOpen: boolean
  /** Who ordered it; `-` on a till without staff. */
  readonly by: string
}

/** Ends this computer's being a till. */
export interface Decommission {
  /** Returns the file with the records. Fails, and has changed nothing, unless that file was seen to open. */
  run(order: DecommissionOrder): Promise<Result<string, DecommissionFault>>
}

interface DecommissionParts {
  readonly place: LivePlace
  /** `null` where no live till is open. */
  readonly live: () => BackedUpTill | null
  /** How many redemptions are not settled. */
  readonly open: () => number
  readonly isShopServer: () => boolean
  readonly isOwnerThere: () => Promise<boolean>
  readonly chooseFolder: () => Promise<string | null>
  /** Closes the till, runs `meanwhile`, and opens what is there then. */
  readonly reopen: (meanwhile: () => Promise<void>) => Promise<void>
  readonly onFault: (cause: unknown) => void
}

export function createDecommission(parts: DecommissionParts): Decommission {
  const { place } = parts

  async function check(order: DecommissionOrder): Promise<Result<Uint8Array, DecommissionFault>> {
    const live = parts.live()
    const profile = place.profiles.get()
    if (live === null || profile === null) return err({ code: 'not-live' })
    if (order.word.trim() !== profile.tillId) return err({ code: 'wrong-word' })
    if (parts.isShopServer()) return err({ code: 'is-shop-server' })
    if (!(await parts.isOwnerThere())) return err({ code: 'owner-needed' })
    if (parts.open() > 0 && !order.movesOpen) return err({ code: 'open-here' })
    const escrow = live.password.escrow()
    if (escrow === null) return err({ code: 'no-password' })
    const dataKey = await openEscrow(escrow, order.password)
    return dataKey === null ? err({ code: 'wrong-password' }) : ok(dataKey)
  }

  /** Of the closed till. Throws unless the file opens with the password again. */
  async function sealTo(file: string, dataKey: Uint8Array, password: string): Promise<void> {
    const { escrow, carried } = await sealRecords(file, place, dataKey)
    const trial = `${place.databaseFile}.trial`
    try {
      const opened = await runApart('sealed-backup', file, { escrow, password }, trial)
      if (!opened.ok || !opened.value.ok || opened.value.value.carried !== carried)
        throw new Error('the sealed records do not open')
      const { keyId } = createSealing(dataKey)
      const read = await runApart('backup', trial, keyId)
      if (!read.ok || !read.value.ok) throw new Error('the sealed records are not whole')
    } finally {
      rmSync(trial, { force: true })
    }
  }

  return {
    async run(order) {
      const checked = await check(order)
      if (!checked.ok) return checked
      const folder = await parts.chooseFolder()
      if (folder === null) return err({ code: 'cancelled' })
      // The dialog may have stood for an hour.
      const again = await check(order)
      const profile = place.profiles.get()
      if (!again.ok) return again
      if (profile === null) return err({ code: 'not-live' })
      const { merchantId, tillId } = profile
      const at = place.clock()
      const stamp = new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14)
      // Not the name of a daily backup, of which only the last seven are kept.
      const file = path.join(folder, `hexiao-till-${tillId}-decommissioned-${stamp}.hxbackup`)
      const open = parts.open()
      try {
        await parts.reopen(async () => {
          await sealTo(file, again.value, order.password)
          const was = { at, by: order.by, merchantId, tillId, file, open }
          markDecommissioned(place.folder, was)
        })
        return ok(file)
      } catch (cause) {
        parts.onFault(cause)
        rmSync(file, { force: true })
        return err({ code: 'not-written' })
      }
    },
  }
}
