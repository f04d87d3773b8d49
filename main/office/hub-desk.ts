import { followHub, type HubFollower, type HubStream } from '../chain/office/follow-hub.ts'
import type { OpenedMessage } from '../chain/office/follow-hub.ts'
import type { OfficeKeyFile } from '../chain/office/office-key-file.ts'
import type { LineState } from '../chain/line.ts'
import type { HubConnection } from '../contract/office-hub.ts'
import type { Projection } from './projection.ts'

export interface HubDesk {
  view(): HubConnection
  /** Since when the hub is not reached; `null`: it is, or none was chosen. */
  awaySince(): number | null
  /** Follows this hub from now on. `missing`: the keychain does not give the keys. */
  follow(keys: OfficeKeyFile | 'missing' | null): Promise<void>
  /** Reads everything from the hub again. */
  rebuild(): void
  close(): Promise<void>
}

interface HubDeskParts {
  readonly projection: Projection
  readonly clock: () => number
  readonly onChanged: () => void
  readonly onFault: (cause: unknown) => void
}

type State = HubConnection['state']

const stateOfLine: Record<LineState, State> = {
  connecting: 'connecting',
  up: 'connected',
  'no-server': 'unreachable',
  'other-server': 'other-hub',
  expired: 'expired',
  'not-admitted': 'refused',
  closed: 'connecting',
}
const lookEveryMs = 500

/** Follows the hub into the copy. */
export function createHubDesk({ projection, clock, onChanged, onFault }: HubDeskParts): HubDesk {
  let follower: HubFollower | null = null
  let keys: OfficeKeyFile | 'missing' | null = null
  let state: State = 'not-attached'
  let since = clock()
  /** The hub has lost some, or the copy has: everything is read once more, up to this sequence. */
  let again: { readonly upTo: number; readonly isRebuilding: boolean } | null = null
  let done = 0
  const looking = setInterval(look, lookEveryMs)

  function look(): void {
    const now = stateNow()
    if (now === state) return
    state = now
    since = clock()
    onChanged()
  }

  function stateNow(): State {
    if (keys === null) return 'not-attached'
    if (keys === 'missing') return 'keys-missing'
    return follower === null ? 'connecting' : stateOfLine[follower.state()]
  }

  /** Returns after which sequence the stream is read on. */
  function start({ id, lastSequence }: HubStream): number {
    const place = projection.place()
    if (again === null && place?.stream !== id) return 0
    if (again === null && place !== null && place.sequence <= lastSequence) return place.sequence
    // A hub that lost its disk gets from the shops what they still have; what is known counts no second time.
    again = { upTo: lastSequence, isRebuilding: again?.isRebuilding ?? false }
    done = 0
    if (lastSequence === 0) again = null
    return 0
  }

  function take({ id }: HubStream, messages: readonly OpenedMessage[]): void {
    const isMissing = projection.add(id, messages, again !== null && !again.isRebuilding)
    const last = messages.at(-1)?.sequence ?? 0
    done = last
    if (again !== null && last >= again.upTo) again = null
    else if (again === null && isMissing) {
      again = { upTo: last, isRebuilding: false }
      follower?.restart()
    }
    onChanged()
  }

  return {
    view() {
      look()
      const behind = follower?.behind() ?? null
      const read = projection.place()?.at ?? null
      return {
        state,
        address: keys === null || keys === 'missing' ? null : keys.address,
        since,
        asOf: state === 'connected' && behind === 0 && again === null ? clock() : read,
        behind,
        rebuilding: again?.isRebuilding === true ? { done, total: again.upTo } : null,
      }
    },
    awaySince() {
      look()
      return state === 'connected' || state === 'not-attached' ? null : since
    },
    async follow(next) {
      await follower?.close()
      keys = next
      follower =
        next === null || next === 'missing'
          ? null
          : followHub({
              address: next.address,
              authority: next.authority,
              seed: next.seed,
              root: Buffer.from(next.root, 'base64'),
              start,
              take,
              hear({ shop, at, value }) {
                if (projection.hear(shop, at, value, clock())) onChanged()
              },
              onFault,
            })
      look()
    },
    rebuild() {
      projection.empty()
      again = { upTo: Infinity, isRebuilding: true }
      follower?.restart()
      onChanged()
    },
    async close() {
      clearInterval(looking)
      await follower?.close()
    },
  }
}
