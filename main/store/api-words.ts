import type { Statement } from 'better-sqlite3'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { Evidence } from '../redemption/outcome.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

/** WeChat Pay's own words in a reply. */
export type Words = Pick<Evidence, 'apiMessage' | 'apiDetail'>

const SealedWords = z.object({
  apiMessage: z.string().nullable(),
  apiDetail: z.string().nullable(),
})
const none: Words = { apiMessage: null, apiDetail: null }

/** WeChat Pay's words, encrypted and bound to their audit row. They can be erased; the audit row cannot. */
export class ApiWords {
  readonly #database: Database
  readonly #sealing: Sealing
  #insert: Statement<[number, string, Uint8Array]> | null = null

  constructor(database: Database, sealing: Sealing) {
    this.#database = database
    this.#sealing = sealing
  }

  write(auditId: number, useRequestNo: string, words: Words): void {
    const sealed = this.#sealing.seal(identity(auditId), Buffer.from(JSON.stringify(words)))
    // Not before it is needed: an audit chain is also opened on files that have no such table yet.
    this.#insert ??= this.#database.prepare('INSERT INTO api_words VALUES (?, ?, ?)')
    this.#insert.run(auditId, useRequestNo, sealed)
  }

  /** Returns no words for those that were erased, or that something other than the till changed. */
  read(auditId: number, sealed: Uint8Array | null): Words {
    if (sealed === null) return none
    try {
      const text = this.#sealing.open(identity(auditId), sealed).toString()
      return SealedWords.parse(parseJson(text))
    } catch {
      return none
    }
  }
}

/** Returns the entry as it is chained, and the words that are kept apart; `null` when it has none. */
export function withoutWords(entry: AuditEntry): {
  readonly entry: AuditEntry
  readonly words: Words | null
} {
  const { evidence } = entry
  if (evidence === null || !('apiMessage' in evidence)) return { entry, words: null }
  const { apiMessage, apiDetail } = evidence
  if (apiMessage === null && apiDetail === null) return { entry, words: null }
  return {
    entry: { ...entry, evidence: { ...evidence, ...none } },
    words: { apiMessage, apiDetail },
  }
}

function identity(auditId: number): string {
  return `words ${auditId}`
}
