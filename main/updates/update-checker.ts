/*
 * updates/ finds out whether a newer version was published, and decides when it is fetched and installed. How that is done
 * is desktop/'s (updater.ts). It knows no till.
 */

// The whole package makes all its ranges when it is loaded.
import gt from 'semver/functions/gt.js'
import { err, ok, type Result } from '../contract/result.ts'
import type { UpdateFault, UpdateState } from '../contract/updates.ts'
import { feedAddress, readUpdateFeed, type UpdateFeed } from './update-feed.ts'

const dayMs = 86_400_000
const dueCheckMs = 3_600_000
const patienceMs = 15_000

/**
 * Reads an address, redirected nowhere; `text` is `null` for more than a feed has (`maxFeedBytes`). Rejects when there is
 * no reply within so many milliseconds.
 */
export type FetchText = (
  url: string,
  ms: number,
) => Promise<{ readonly ok: boolean; readonly text: string | null }>

interface UpdateParts {
  /** Address, last check and what it found, kept across restarts. */
  readonly state: { get(): UpdateState; set(state: UpdateState): void }
  /** Must use the system's proxy. */
  readonly fetchText: FetchText
  /** Of this program, as semantic versioning writes it. */
  readonly version: string
  readonly platform: NodeJS.Platform
  /** Epoch milliseconds. */
  readonly clock: () => number
}

export interface UpdateChecker {
  /** Forgets what was found; `null` ends the daily checks. */
  setAddress(address: string | null): void
  /**
   * Reads the feed now; what it finds is in the state. Fails without an address, without a connection, and when what is
   * there is no feed. Faults are the codes that the page shows.
   */
  check(): Promise<Result<null, UpdateFault>>
  close(): void
}

/** What another address changes: nothing that was found at the one before counts. */
export function withUpdateAddress(
  address: string | null,
): Pick<UpdateState, 'address' | 'found' | 'checkedAt'> {
  return { address, found: null, checkedAt: null }
}

/** Checks once a day, and on request, whether the shop's IT has published a newer version. */
export function createUpdateChecker({
  state,
  fetchText,
  version,
  platform,
  clock,
}: UpdateParts): UpdateChecker {
  const { found } = state.get()
  // The version that was found has been installed since.
  if (found !== null && !gt(found.version, version)) state.set({ ...state.get(), found: null })

  async function check(): Promise<Result<null, UpdateFault>> {
    const { address } = state.get()
    if (address === null) return err({ code: 'no-address' })
    const read = await readFeed(address)
    // What came from an address that was changed meanwhile is dropped.
    if (!read.ok || state.get().address !== address) return read.ok ? ok(null) : read
    const isNewer = gt(read.value.version, version)
    state.set({ ...state.get(), found: isNewer ? read.value : null, checkedAt: clock() })
    return ok(null)
  }

  async function readFeed(address: string): Promise<Result<UpdateFeed, UpdateFault>> {
    const url = feedAddress(address, platform)
    let text: string | null
    try {
      const reply = await fetchText(url.href, patienceMs)
      if (!reply.ok) return err({ code: 'not-a-feed' })
      text = reply.text
    } catch {
      // No network, no such host or a bad certificate: one fault for all, after which a person checks the address.
      return err({ code: 'no-connection' })
    }
    const feed = text === null ? null : readUpdateFeed(text)
    return feed === null ? err({ code: 'not-a-feed' }) : ok(feed)
  }

  function checkIfDue(): void {
    const { address, checkedAt } = state.get()
    const age = checkedAt === null ? dayMs : clock() - checkedAt
    if (address !== null && (age >= dayMs || age < 0)) void check()
  }

  const timer = setInterval(checkIfDue, dueCheckMs)
  timer.unref()
  setImmediate(checkIfDue)

  return {
    setAddress: (address) => state.set({ ...state.get(), ...withUpdateAddress(address) }),
    check,
    close: () => clearInterval(timer),
  }
}
