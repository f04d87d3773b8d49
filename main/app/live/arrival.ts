import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import type { Anchor } from '../../anchor/anchor.ts'
import { isSealedBackup, readSealedHead } from '../../backup/sealed-backup.ts'
import { parseJson } from '../../contract/json.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { BackupFacts, RestoreFault } from '../../contract/upkeep.ts'
import type { OpenedBackup } from '../../outside/open-sealed-backup.ts'
import { runApart } from '../../outside/run-apart.ts'
import { type BackupContent, prepareRestore } from '../../store/backup.ts'
import { inspectStore } from '../../store/inspection.ts'
import { createSealing } from '../../store/sealing.ts'
import {
  type ArrivingSecrets,
  arrivingFile,
  removeJournal,
  writeJournal,
} from './arrival-journal.ts'
import { Carried } from './carried.ts'
import { emptyAnchor, ownersOf } from './checked-store.ts'
import type { LivePlace } from './live-place.ts'
import { incomingFiles, removeIncoming, takeFile } from './take-file.ts'

/** What a till of another computer would find here. */
export type Here =
  /** Nobody has set up a live till, or it was decommissioned. */
  | { readonly kind: 'nothing' }
  /** An open live till. */
  | { readonly kind: 'till'; readonly redemptions: number; readonly merchantId: string }
  /** Records, and a keychain that has lost their key. */
  | { readonly kind: 'keyless' }
  /** A till behind another obstacle. */
  | { readonly kind: 'closed' }

/** A sealed backup of another computer, brought to this one. One at a time. */
export interface Arrival {
  /** Copies the file. Fails where it is none that a password opens. */
  take(file: string): Promise<Result<null, RestoreFault>>
  /** Opens it, and returns what it would bring. */
  open(password: string): Promise<Result<Omit<BackupFacts, 'name'>, RestoreFault>>
  /**
   * Decides that this computer goes on with it: the till has to be opened anew then, which ends the work
   * (`finishArrival`). Fails, and has changed nothing, where it may not.
   */
  decide(): Promise<Result<null, RestoreFault>>
}

interface ArrivalParts {
  readonly place: LivePlace
  readonly here: () => Here
  /** Whether an owner was confirmed, where there is one who can be asked. */
  readonly isOwnerThere: () => Promise<boolean>
}

interface Opened {
  readonly dataKey: Uint8Array
  readonly keyId: string
  readonly carried: Carried
  readonly content: BackupContent
}

export function createArrival({ place, here, isOwnerThere }: ArrivalParts): Arrival {
  const { folder, databaseFile, secrets, anchor, profiles } = place
  const { copied, opened: plain } = incomingFiles(databaseFile)
  let opened: Opened | null = null

  /** Where this till may go on: nothing of this computer's own may become unreadable by it. */
  async function admitted({ keyId, carried }: Opened): Promise<Result<null, RestoreFault>> {
    const found = here()
    if (found.kind === 'closed') return err({ code: 'not-live' })
    if (found.kind !== 'till' && !(await isOwnerThere())) return err({ code: 'owner-needed' })
    if (found.kind === 'nothing') return ok(null)
    if (found.kind === 'till') {
      if (found.redemptions > 0) return err({ code: 'records-here' })
      const isSame = found.merchantId === carried.profile.merchantId
      return isSame ? ok(null) : err({ code: 'other-merchant' })
    }
    const present = await runApart('backup', databaseFile, keyId)
    return present.ok && present.value.ok ? ok(null) : err({ code: 'records-here' })
  }

  async function look(from: OpenedBackup): Promise<Result<Opened, RestoreFault>> {
    const { data: carried } = Carried.safeParse(parseJson(from.carried))
    // Sealed by a till, and not as this version does it.
    if (carried === undefined) return err({ code: 'newer-version' })
    const { keyId } = createSealing(from.dataKey)
    const read = await runApart('backup', plain, keyId)
    if (!read.ok) return err({ code: 'file-too-demanding' })
    if (!read.value.ok) return read.value
    return ok({ dataKey: from.dataKey, keyId, carried, content: read.value.value })
  }

  /** The records, prepared beside where they belong; nothing opens them there. */
  function stage({ dataKey, carried, content }: Opened, escrow: ArrivingSecrets['escrow']) {
    const arriving = arrivingFile(databaseFile)
    const isOwnKept = profiles.get() !== null
    writeJournal(folder, { profile: isOwnKept ? null : carried.profile })
    prepareRestore(plain, arriving)
    const { end } = content
    const digest = isOwnKept ? profiles.digest() : profiles.digestOf(carried.profile)
    const next: Anchor = {
      ...emptyAnchor,
      // Not the file's: that till's own files have no place here any more, should its computer come back.
      databaseId: randomUUID(),
      profile: digest === null ? [] : [digest],
      audit: end,
      restoring: end,
      owners: ownersIn(arriving, dataKey),
    }
    const kept: ArrivingSecrets = {
      dataKey: Buffer.from(dataKey).toString('base64'),
      escrow,
      recovery: carried.recovery,
      end,
    }
    return { next, kept }
  }

  async function takeKey({ dataKey }: Opened): Promise<Result<null, RestoreFault>> {
    const key = Buffer.from(dataKey).toString('base64')
    const written = await secrets.write('data-key', key)
    return written.ok ? ok(null) : err({ code: 'key-not-kept' })
  }

  async function settleIn(from: Opened): Promise<Result<null, RestoreFault>> {
    const head = await readSealedHead(copied)
    if (!head.ok) return head
    const probed = await secrets.probe()
    if (!probed.ok) return err({ code: 'key-not-kept' })
    const { next, kept } = stage(from, head.value.escrow)
    const written = await secrets.write('arrival', JSON.stringify(kept))
    // Not by the keeper, which would try again later, when this has been given up.
    await anchor.settled()
    const placed = written.ok ? await secrets.write('till-anchor', JSON.stringify(next)) : written
    if (placed.ok) return ok(null)
    rmSync(arrivingFile(databaseFile), { force: true })
    removeJournal(folder)
    return err({ code: 'key-not-kept' })
  }

  return {
    async take(file) {
      opened = null
      if (here().kind === 'closed') return err({ code: 'not-live' })
      const taken = file === copied && existsSync(copied) ? ok(null) : await takeFile(file, copied)
      if (!taken.ok) return taken
      if (await isSealedBackup(copied)) {
        const head = await readSealedHead(copied)
        return head.ok ? ok(null) : head
      }
      const read = await runApart('backup', copied, '')
      if (!read.ok) return err({ code: 'file-too-demanding' })
      return read.value.ok ? err({ code: 'other-key' }) : read.value
    },
    async open(password) {
      opened = null
      if (!existsSync(copied)) return err({ code: 'not-a-backup' })
      const head = await readSealedHead(copied)
      if (!head.ok) return head
      const { escrow } = head.value
      const unsealed = await runApart('sealed-backup', copied, { escrow, password }, plain)
      if (!unsealed.ok) return err({ code: 'file-too-demanding' })
      if (!unsealed.value.ok) return unsealed.value
      const looked = await look(unsealed.value.value)
      if (!looked.ok) return looked
      const may = await admitted(looked.value)
      if (!may.ok) return may
      opened = looked.value
      const { content, carried } = looked.value
      const { merchantId, tillId } = carried.profile
      const { redemptions, waiting, lastAt } = content
      return ok({
        redemptions,
        waiting,
        lastAt,
        redemptionsHere: 0,
        from: { merchantId, tillId },
        bringsKeyOnly: here().kind === 'keyless',
      })
    },
    async decide() {
      const from = opened
      opened = null
      if (from === null) return err({ code: 'not-a-backup' })
      // Asked again: a coupon may have been scanned since a person saw the facts.
      const may = await admitted(from)
      if (!may.ok) return may
      try {
        return await (here().kind === 'keyless' ? takeKey(from) : settleIn(from))
      } catch {
        return err({ code: 'not-written' })
      } finally {
        removeIncoming(databaseFile)
      }
    },
  }
}

function ownersIn(file: string, dataKey: Uint8Array): Anchor['owners'] {
  const store = inspectStore(file, dataKey)
  if (store === null || store === 'schema-changed') return []
  try {
    return ownersOf(store)
  } finally {
    store.close()
  }
}
