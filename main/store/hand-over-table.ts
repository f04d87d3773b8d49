import type { Reason } from '../contract/reason.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { ExportedHandOver, HandOverFault, HandOvers } from '../redemption/ports.ts'
import { handedOver, type Redemption } from '../redemption/redemption.ts'
import {
  isForeign,
  isNews,
  nothingTaken,
  takeOver,
  type Taken,
  type TakenOver,
} from '../redemption/take-over.ts'
import type { AuditChain } from './audit-chain.ts'
import type { ExportedHandOvers } from './exported-hand-overs.ts'
import { sealHandOver } from './hand-over.ts'
import { readEntries, textOfEntries } from './hand-over-entry.ts'
import type { LostTimeQuery } from './lost-time.ts'
import type { OpenRedemptionQuery } from './open-redemption-query.ts'
import type { RedemptionTable } from './redemption-table.ts'
import type { RedemptionWriter } from './redemption-writer.ts'
import { isConflict } from './store-fault.ts'

type Here = Parameters<HandOvers['take']>[2]

interface HandOverTableParts {
  readonly exported: ExportedHandOvers
  readonly redemptions: RedemptionTable
  readonly open: OpenRedemptionQuery
  readonly writer: RedemptionWriter
  readonly chain: AuditChain
  readonly lostTime: LostTimeQuery
  /** How much work each guess at a file's password takes; see `defaultScryptCost`. */
  readonly cost: number
}

/** Exports undecided redemptions for another till, and takes over those that another till exported. */
export class HandOverTable implements HandOvers {
  readonly give: HandOvers['give']
  readonly #parts: HandOverTableParts
  readonly #take

  constructor(parts: HandOverTableParts) {
    this.#parts = parts
    this.give = parts.chain.transaction(this.#giveAll.bind(this))
    this.#take = parts.chain.transaction(this.#takeAll.bind(this))
  }

  take(
    entries: readonly Redemption[],
    audit: AuditEntry,
    here: Here,
  ): Result<TakenOver, HandOverFault> {
    try {
      return this.#take(entries, audit, here)
    } catch (cause) {
      // For example, a return's request number in the file is that of another redemption here.
      if (isConflict(cause)) return err({ code: 'unreadable' })
      throw cause
    }
  }

  list(): ExportedHandOver[] {
    return this.#parts.exported.list()
  }

  again(id: number): Uint8Array | null {
    return this.#parts.exported.find(id)
  }

  #giveAll(password: string, audit: AuditEntry): Result<Uint8Array, HandOverFault> {
    const { exported, open: all, writer, chain, cost } = this.#parts
    const given = all.undecided().map((open) => ({ open, ended: handedOver(open, audit.at) }))
    if (given.length === 0) return err({ code: 'nothing-open' })
    // The file has the hand-over count that this till will have, so that only a later hand-over has a higher one.
    const entries = given.map(({ open, ended }) => ({ ...open, handOvers: ended.handOvers }))
    const readable = readEntries(textOfEntries(entries), 2)
    // An entry that the other till could not read would be lost to both tills.
    if (!readable.ok) throw new Error('the hand-over file could not be read by another till')
    const sealed = sealHandOver(entries, password, cost)
    for (const { ended } of given) {
      chain.append(ended.useRequestNo, audit, writer.update(ended, audit.at))
    }
    exported.add(audit.at, given.length, sealed)
    return ok(sealed)
  }

  #takeAll(
    entries: readonly Redemption[],
    audit: AuditEntry,
    { appid, running }: Here,
  ): Result<TakenOver, HandOverFault> {
    const { redemptions, lostTime } = this.#parts
    if (entries.some((entry) => isForeign(entry, appid))) return err({ code: 'other-merchant' })
    const isUnderWay = entries.some(
      (entry) =>
        running.has(entry.useRequestNo) && isNews(entry, redemptions.standing(entry.useRequestNo)),
    )
    if (isUnderWay) return err({ code: 'busy' })
    const hasLostTime = lostTime.lastAt() !== null
    const counts = { ...nothingTaken }
    for (const entry of entries) {
      const here = redemptions.standing(entry.useRequestNo)
      const known = { here, siblings: redemptions.siblings(entry), hasLostTime }
      const taken = takeOver(entry, known, audit.at)
      counts[taken.kind] += 1
      this.#write(taken, here !== null, audit)
    }
    return ok(counts)
  }

  #write({ kind, redemption, why }: Taken, isHere: boolean, audit: AuditEntry): void {
    const { writer, chain } = this.#parts
    if (redemption === null) return
    const mac = isHere ? writer.replace(redemption, audit.at) : writer.insert(redemption, audit.at)
    chain.append(redemption.useRequestNo, audit, mac)
    if (why === null) return
    const event = kind === 'closed' ? 'cancelled' : 'review'
    chain.append(redemption.useRequestNo, { ...audit, event, evidence: noted(audit, why) })
  }
}

/** Adds the till's own reason to the evidence, which names the person who took the file over. */
function noted({ evidence }: AuditEntry, why: Reason): AuditEntry['evidence'] {
  return evidence && { ...evidence, why }
}
