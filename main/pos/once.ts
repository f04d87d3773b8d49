import type { PosStore, StoredResponse } from '../redemption/pos-store.ts'

/** Why a request under a key was not carried out. */
export type KeyFault = 'key-reused' | 'key-unreadable'

interface KeyedRequest {
  readonly clientId: string
  readonly key: string
  /** Method, path and body, byte for byte. */
  readonly content: string
  readonly at: number
}

interface Running {
  readonly digest: string
  readonly done: Promise<StoredResponse>
}

type Work = (isRepeated: boolean) => Promise<StoredResponse>

/**
 * Carries each request out once. The key is on the disk before the request has any effect, and its result once there is
 * one. A request whose result nobody wrote, because the program ended in between, is carried out again as a repeated one.
 * Only what succeeded is kept: what failed had no effect, and may be tried again under its key.
 */
export class OnceOnly {
  /**
   * Requests under way, by client and key. Of each open till apart: one that was closed in the middle replies to nobody, and its
   * request is repeated at the till that is opened after it.
   */
  readonly #running = new WeakMap<PosStore, Map<string, Running>>()

  async run(
    store: PosStore,
    { clientId, key, content, at }: KeyedRequest,
    work: Work,
  ): Promise<StoredResponse | KeyFault> {
    const digest = store.digest(content)
    const place = `${clientId}\n${key}`
    const atTill = this.#running.get(store) ?? new Map<string, Running>()
    this.#running.set(store, atTill)
    const running = atTill.get(place)
    if (running !== undefined) return running.digest === digest ? running.done : 'key-reused'
    const known = store.request(clientId, key)
    if (known === 'unreadable') return 'key-unreadable'
    if (known !== null && known.digest !== digest) return 'key-reused'
    if (known !== null && known.response !== null) return known.response
    if (known === null) store.saveRequest(clientId, key, { digest, response: null }, at)
    const done = work(known !== null).then((response) => {
      if (response.status < 300) store.saveRequest(clientId, key, { digest, response }, at)
      return response
    })
    atTill.set(place, { digest, done })
    try {
      return await done
    } finally {
      atTill.delete(place)
    }
  }
}
