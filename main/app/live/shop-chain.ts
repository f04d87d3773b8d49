import { createHash } from 'node:crypto'
import path from 'node:path'
import type { ChainProfile } from '../../chain/profile.ts'
import type { Chain, ChainHealth } from '../../chain/chain.ts'
import type { ChainMemory } from '../../chain/memory.ts'
import type { ChainState, ChainView } from '../../contract/chain.ts'
import { parseJson } from '../../contract/json.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import type { JournalOutbox } from '../../redemption/journal.ts'
import type { ShopLock } from '../../redemption/shop-lock.ts'
import type { Till } from '../../redemption/till.ts'
import type { JournalCursor } from '../../store/journal-cursor.ts'
import { readProfile } from './chain-files.ts'
import type { LivePlace } from './live-place.ts'

/** A live till among the others of its shop. */
export interface ShopChain {
  /** Without an answer to every claim until the till has joined. */
  readonly lock: ShopLock
  /** The till is there: connects it with the shop's server. */
  join(till: Pick<Till, 'heldClaims' | 'hearFromPeers'>): void
  view(): ChainView
  leave(): Promise<boolean>
  close(): Promise<void>
}

interface ShopChainParts {
  readonly place: Pick<LivePlace, 'folder' | 'secrets' | 'clock'>
  readonly tillId: string
  readonly store: { readonly journal: JournalOutbox & Pick<JournalCursor, 'begin'> }
  readonly onFault: (cause: unknown) => void
}

/**
 * Opens this till's side of its shop, where `chain.json` says that it has one; `null` for a till alone, which loads nothing of it.
 * What is wrong with the file or the keychain is a fault for the log and a warning on the screen, and no reason to close the till:
 * WeChat Pay decides anyway.
 */
export async function openShopChain(parts: ShopChainParts): Promise<ShopChain | null> {
  const { place, tillId, store, onFault } = parts
  const profile = profileOf(place.folder, onFault)
  if (profile === null) return null
  if (profile === 'damaged') return withoutKeys
  const [chainKey, seed] = await Promise.all([
    place.secrets.read('chain-key'),
    place.secrets.read('chain-till-seed'),
  ])
  if (!chainKey.ok || !seed.ok || chainKey.value === null || seed.value === null) {
    onFault(new Error("the keys for the shop's server are not in the keychain"))
    return withoutKeys
  }
  const secrets = { chainKey: Buffer.from(chainKey.value, 'base64'), seed: seed.value }
  const { openChain } = await import('../../chain/chain.ts')
  let chain: Chain | null = null
  return {
    lock: {
      claim: (claim) => chain?.lock.claim(claim) ?? Promise.resolve({ outcome: 'unanswered' }),
      // Before it has joined, nothing is released: the journal says it all again.
      release: (claim) => chain?.lock.release(claim),
    },
    join(till) {
      try {
        store.journal.begin(shopIdOf(profile), { at: place.clock(), by: null })
        chain = openChain({
          ...profile,
          ...secrets,
          tillId,
          memory: memoryIn(place.folder),
          outbox: store.journal,
          heldClaims: () => till.heldClaims(),
          hear: (peers) => till.hearFromPeers(peers),
          random: Math.random,
          onFault,
        })
      } catch (cause) {
        onFault(cause)
      }
    },
    view: () => viewOf(chain?.health() ?? null),
    leave: async () => (await chain?.leave()) ?? false,
    close: async () => chain?.close(),
  }
}

/** `null`: the till has not joined yet. */
function viewOf(health: ChainHealth | null): ChainView {
  if (health === null) return { state: 'connecting', isBehind: false, server: null }
  return { state: stateOf(health), isBehind: health.journal === 'behind', server: null }
}

function stateOf({ line, standing }: ChainHealth): ChainState {
  if (line === 'closed') return 'no-server'
  if (line !== 'up') return line
  if (standing === 'open') return 'checked'
  return standing === 'absent' ? 'connecting' : standing
}

function profileOf(
  folder: string,
  onFault: (cause: unknown) => void,
): ChainProfile | 'damaged' | null {
  try {
    return readProfile(folder)
  } catch (cause) {
    onFault(cause)
    return 'damaged'
  }
}

/** Belongs to a shop and can ask nobody, which the counter says. */
const withoutKeys: ShopChain = {
  lock: { claim: async () => ({ outcome: 'unanswered' }), release: () => undefined },
  join: () => undefined,
  view: () => ({ state: 'keys-missing', isBehind: false, server: null }),
  leave: async () => false,
  close: async () => undefined,
}

/** The same at every address of its server, and after the shop's key was changed. */
function shopIdOf({ authority }: ChainProfile): string {
  return createHash('sha256').update(authority).digest('hex').slice(0, 16)
}

/** What the till remembers of the server: no code, and nothing that is missed when it is gone. */
function memoryIn(folder: string): ChainMemory {
  const file = path.join(folder, 'chain-state.json')
  return {
    read() {
      const content = readFileIfThere(file)
      return content === null ? null : parseJson(new TextDecoder().decode(content))
    },
    write: (state) => writePrivateFile(file, Buffer.from(JSON.stringify(state))),
  }
}
