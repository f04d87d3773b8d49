import { createHash, randomUUID } from 'node:crypto'
import { type Anchor, type AnchoredOwner, maxAnchoredOwners } from '../../anchor/anchor.ts'
import type { AnchorKeeper } from '../../anchor/anchor-keeper.ts'
import { type FoundDatabase, mismatchOf } from '../../anchor/mismatch.ts'
import type { MismatchCode } from '../../contract/mismatch.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { StaffRecord } from '../../shop/ports.ts'
import type { Store } from '../../store/store.ts'

/** An opened store that is the one which the anchor knows. */
export interface Anchoring {
  /** Tells the keychain how far the store has come. Resolves once it has it, or has refused. */
  readonly advance: () => Promise<void>
  /** The audit chain holds after this point; `null`: all of it. */
  readonly accepted: Anchor['accepted']
}

/** Why a store was not believed. */
interface StoreMismatch {
  readonly code: MismatchCode
  /** Who can take it as it is, where the anchor does not say. */
  readonly owners: readonly AnchoredOwner[] | null
}

interface AnchorStoreParts {
  readonly store: Store
  readonly anchor: AnchorKeeper
  /** As it was read before the store was opened; `null` where the keychain has none. */
  readonly known: Anchor | null
  /** Of the settings file. */
  readonly profileDigest: string
  /** Of what there is of a shop of tills. */
  readonly chainDigest: string
  /** What a check of this store found later, while it was open. */
  readonly foundLater: MismatchCode | null
  /** Returns the name of the owner who takes this mismatch as it is; `null` while nobody does. */
  readonly takenBy: (code: MismatchCode) => string | null
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/**
 * Holds a store against the anchor before anything is read of it that people rely on. Fails with what does not fit,
 * unless an owner takes it as it is. A store that is new, rescued or restored is anchored anew.
 */
export async function anchorStore(
  parts: AnchorStoreParts,
): Promise<Result<Anchoring, StoreMismatch>> {
  const { store, anchor, known, clock } = parts
  const found = foundIn(store)
  const mismatch = mismatchOf(known, found) ?? parts.foundLater
  const by = mismatch && parts.takenBy(mismatch)
  if (mismatch !== null && by === null)
    return err({ code: mismatch, owners: known === null ? ownersOf(store) : null })

  const seal = store.shopSeal.read()
  const sealed = seal === 'unreadable' ? null : seal
  const why = mismatch ?? reasonToAnchor(known, found)
  if (why !== null) {
    // Known before the file is changed, so that a process that ends in between does not leave a file that does not fit.
    if (known !== null && mismatch === null)
      await anchor.change((present) => ({ ...present, restoring: store.audit.end() }))
    const identity = {
      databaseId: known?.databaseId ?? sealed?.databaseId ?? randomUUID(),
      generation: Math.max(known?.generation ?? 0, sealed?.generation ?? 0) + 1,
      isAnchored: known !== null,
    }
    const event = mismatch === null ? 'anchored' : 'mismatch-accepted'
    const audit = { at: clock(), event, evidence: { by: by ?? '-', why } } as const
    store.vouch(identity, audit, mismatch === null ? null : { staff: staffLeft(mismatch, known) })
  }

  // What came before was believed, taken or saved as it is; it is not held against the chain again.
  const accepted = why === null ? (known?.accepted ?? null) : store.audit.end()
  const { databaseId } = readSeal(store)
  const base: Anchor = {
    ...(known ?? { ...emptyAnchor, profile: [parts.profileDigest], chain: [parts.chainDigest] }),
    databaseId,
    ...(why !== null && accepted !== null && { accepted, audit: accepted }),
  }
  const state = stateOf(store)
  const first = advanced(base, state)
  // Without waiting for a keychain that takes its time, where it only has to follow.
  const placed = why === null ? null : await anchor.place(first)
  if (why === null) void anchor.change((present) => advanced(present, state))
  if (placed === null || placed.ok) markAnchored(store)
  return ok({
    accepted: first.accepted,
    async advance() {
      const now = stateOf(store)
      await anchor.change((present) => forward(present, now))
    },
  })
}

/** Why a store that fits is anchored anew; `null` where it goes on as it was. */
function reasonToAnchor(known: Anchor | null, found: FoundDatabase): string | null {
  const { seal } = found
  if (known === null) return 'first-start'
  const isSealed = typeof seal === 'object' && seal !== null
  // The anchor has a new id for it: the file of the old computer, which goes by the old one, does not fit here any more.
  if (isSealed && seal.databaseId !== known.databaseId && known.restoring !== null)
    return 'other-computer'
  if (found.isRescued) return 'rescued'
  const fits = isSealed && seal.generation >= known.generation
  return fits && found.follows(known.audit) ? null : 'restored'
}

/** The owners that the anchor knows, alone, where staff in the file may be somebody else's; `null`: it stays. */
function staffLeft(mismatch: MismatchCode, known: Anchor | null): StaffRecord[] | null {
  const isOfStaff = ['tampered-staff', 'older-records', 'other-database'].includes(mismatch)
  if (known === null || !isOfStaff) return null
  return known.owners.map((owner) => ({
    ...owner,
    role: 'owner',
    wrongPins: 0,
    lockoutMs: null,
    isActive: true,
  }))
}

/** Returns what `mismatchOf` compares with the anchor. */
export function foundIn(store: HeldStore): FoundDatabase {
  const { rows } = store.audit.end()
  return {
    seal: store.shopSeal.read(),
    changed: store.shopSeal.changed(),
    staff: staffDigest(store),
    settings: digestOf(store.settings.read()),
    rows,
    follows: (point) => store.audit.follows(point),
    isRescued: store.rescue !== null,
  }
}

type HeldStore = Pick<Store, 'audit' | 'shopSeal' | 'staff' | 'settings' | 'rescue'>

/** What an anchor is before it knows anything of its files. */
export const emptyAnchor: Omit<Anchor, 'databaseId' | 'profile'> = {
  version: 1,
  generation: 0,
  staff: '',
  settings: '',
  audit: { id: 0, rows: 0, digest: '' },
  accepted: null,
  restoring: null,
  owners: [],
  wrongPins: 0,
  verifiedMs: null,
}

type State = Pick<
  Anchor,
  'databaseId' | 'generation' | 'staff' | 'settings' | 'audit' | 'owners' | 'verifiedMs'
>

function stateOf(store: Store): State {
  const { databaseId, generation } = readSeal(store)
  const verified: unknown = store.verifiedTime.read()
  return {
    databaseId,
    generation,
    staff: staffDigest(store),
    settings: digestOf(store.settings.read()),
    audit: store.audit.end(),
    owners: ownersOf(store),
    verifiedMs: typeof verified === 'number' ? verified : null,
  }
}

/** Nothing is being restored any more once a store was opened. */
function advanced(anchor: Anchor, state: State): Anchor {
  return { ...forward(anchor, state), restoring: null }
}

/** Never goes back: an edit that was tried again later finds what was written since. */
function forward(anchor: Anchor, state: State): Anchor {
  if (state.generation < anchor.generation || state.audit.rows < anchor.audit.rows) return anchor
  const verifiedMs = Math.max(anchor.verifiedMs ?? 0, state.verifiedMs ?? 0)
  return {
    ...anchor,
    ...state,
    verifiedMs: verifiedMs === 0 ? null : verifiedMs,
  }
}

function readSeal(store: Store): { databaseId: string; generation: number } {
  const seal = store.shopSeal.read()
  if (seal === null || seal === 'unreadable') throw new Error('the seal was not written')
  return seal
}

/** The file says from now on that the keychain has an anchor, so that a missing one shows. */
function markAnchored(store: Store): void {
  const seal = store.shopSeal.read()
  if (seal !== null && seal !== 'unreadable' && !seal.isAnchored)
    store.shopSeal.write({ ...seal, isAnchored: true })
}

/** The owners among the staff, as an anchor names them. */
export function ownersOf(store: Pick<Store, 'staff'>): AnchoredOwner[] {
  return store.staff
    .read()
    .records.filter(({ role, isActive }) => isActive && role === 'owner')
    .slice(0, maxAnchoredOwners)
    .map(({ id, name, pinHash }) => ({ id, name, pinHash }))
}

/** Without the counts of wrong PINs, which change with each sign-in. */
function staffDigest(store: Pick<Store, 'staff'>): string {
  const { records, unreadable } = store.staff.read()
  const said = records.map(({ id, name, role, pinHash, isActive }) => [
    id,
    name,
    role,
    pinHash,
    isActive,
  ])
  return digestOf([...said, unreadable])
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64')
}
