import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import type { PosClient, PosStore } from '../redemption/pos-store.ts'

/** How long a code is good for, in milliseconds. */
export const pairingMs = 120_000
/** Wrong guesses that a code bears. Of a million codes, that is one chance in 200,000. */
const mostGuesses = 5
const mostClients = 20
/** Of the watched folder, which is no program of its own. */
export const folderClientId = 'folder'
/** A use is written this often, because a POS asks many times a minute. */
const usesMs = 60_000

interface ClientsParts {
  /** Milliseconds that nobody can set. */
  readonly elapsed: () => number
  /** Epoch milliseconds. */
  readonly now: () => number
}

interface Pairing {
  readonly code: string
  readonly until: number
  readonly store: PosStore
  guesses: number
}

/** Which POS programs may ask: pairs them by a code that the till shows, and knows them again by their token. */
export class PosClients {
  readonly #parts: ClientsParts
  #pairing: Pairing | null = null
  #usesWritten = -Infinity

  constructor(parts: ClientsParts) {
    this.#parts = parts
  }

  /** Returns a new code; the one before is no longer good. */
  offer(store: PosStore): string {
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    this.#pairing = { code, until: this.#parts.elapsed() + pairingMs, store, guesses: 0 }
    return code
  }

  /** The code that is good now, and for how long still, in milliseconds. */
  offered(store: PosStore): { readonly code: string; readonly leftMs: number } | null {
    const pairing = this.#current(store)
    return pairing && { code: pairing.code, leftMs: pairing.until - this.#parts.elapsed() }
  }

  withdraw(): void {
    this.#pairing = null
  }

  /** Returns the token of a new POS, which is kept nowhere. Fails where no such code is shown. */
  pair(
    store: PosStore,
    code: string,
    name: string,
  ): Result<{ token: string; client: PosClient }, 'wrong-code'> {
    const pairing = this.#current(store)
    if (pairing === null) return err('wrong-code')
    if (!isSameText(pairing.code, code)) {
      pairing.guesses += 1
      if (pairing.guesses >= mostGuesses) this.#pairing = null
      return err('wrong-code')
    }
    const token = randomBytes(32).toString('base64url')
    const pairedAt = this.#parts.now()
    const client = { id: randomUUID(), name, tokenHash: hashOf(token), pairedAt }
    const clients = store.clients().filter(({ id }) => id !== folderClientId)
    store.saveClients([
      ...store.clients().filter(({ id }) => id === folderClientId),
      ...clients.slice(-(mostClients - 1)).filter((each) => each.name !== name),
      client,
    ])
    this.#pairing = null
    return ok({ token, client })
  }

  /** Returns the POS whose token this is; `null` for none. */
  find(store: PosStore, token: string): PosClient | null {
    const hash = hashOf(token)
    const found = store.clients().find((client) => isSameText(client.tokenHash, hash)) ?? null
    if (found !== null) this.#noteUse(store, found.id)
    return found
  }

  /** Lets the watched folder ask, as a POS. Returns its token, which is good until it is let in again. */
  letFolderIn(store: PosStore): string {
    const token = randomBytes(32).toString('base64url')
    const known = store.clients()
    const pairedAt = known.find(({ id }) => id === folderClientId)?.pairedAt ?? this.#parts.now()
    const client = { id: folderClientId, name: 'folder', tokenHash: hashOf(token), pairedAt }
    store.saveClients([...known.filter(({ id }) => id !== folderClientId), client])
    return token
  }

  revoke(store: PosStore, id: string): void {
    store.saveClients(store.clients().filter((client) => client.id !== id))
  }

  #current(store: PosStore): Pairing | null {
    const pairing = this.#pairing
    if (pairing === null || pairing.store !== store) return null
    if (this.#parts.elapsed() >= pairing.until) this.#pairing = null
    return this.#pairing
  }

  #noteUse(store: PosStore, id: string): void {
    const uses = store.lastUses()
    const isFirst = uses[id] === undefined
    if (!isFirst && this.#parts.elapsed() - this.#usesWritten < usesMs) return
    this.#usesWritten = this.#parts.elapsed()
    const known = new Set(store.clients().map((client) => client.id))
    const kept = Object.entries({ ...uses, [id]: this.#parts.now() }).filter(([each]) =>
      known.has(each),
    )
    try {
      store.saveLastUses(Object.fromEntries(kept))
    } catch {
      // A full disk: it is only shown, and a POS may read all the same.
    }
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}

function isSameText(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}
