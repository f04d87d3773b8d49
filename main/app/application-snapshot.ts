import { codeLengthsOf } from '../contract/code-template.ts'
import type { ChainView } from '../contract/chain.ts'
import { noCounter, type CounterView } from '../contract/counter.ts'
import type { Result } from '../contract/result.ts'
import type { AppSnapshot, TillState } from '../contract/snapshot.ts'
import type { ClosedTill, OpenTill } from './open-till.ts'
import type { KeptPreferences } from './ports.ts'

interface SnapshotParts {
  readonly current: Result<OpenTill, ClosedTill>
  /** What is shown whether a till is open or not. */
  readonly always: ReturnType<KeptPreferences['get']> &
    Pick<AppSnapshot, 'revision' | 'runtime' | 'scannerState' | 'updateProgress' | 'discountCopy'>
  readonly counter: CounterView
  /** What is known so far of the open till's audit trail. */
  readonly audit: AppSnapshot['audit']
  /** How the shop's server on this computer is; `null` where none is. */
  readonly shopServer: ChainView['server']
  /** When the program started, epoch milliseconds. */
  readonly startedAt: number
}

/** Joins the open till, or the obstacle before it, with the rest into what the page shows. */
export function makeSnapshot(parts: SnapshotParts): AppSnapshot {
  const { current, always, counter, audit } = parts
  if (!current.ok) {
    const { mode, code, owners, certificate, decommissioned = null } = current.error
    const obstacle = { code, owners: [...owners], decommissioned }
    return { ...idleState(parts.startedAt), ...always, ...closedTill, mode, obstacle, certificate }
  }
  const chain = current.value.chain?.view() ?? null
  const { mode, keyStorage, training, till, shop, rescue, backup } = current.value
  // Of the till itself where one is open: what is kept beside it tells of the last backup.
  const hasPassword =
    backup === null ? always.backup.hasPassword : backup.password.escrow() !== null
  return {
    ...till.state(),
    counter,
    ...always,
    backup: { ...always.backup, hasPassword },
    mode,
    keyStorage,
    obstacle: null,
    audit,
    certificate: current.value.certificate(),
    foreignHosts: [...current.value.foreignHosts],
    chain: chain && { ...chain, server: parts.shopServer },
    codeLengths: codeLengthsOf(shop.settings().merchantCodes.map(({ template }) => template)),
    clock: current.value.clock(),
    rescue,
    session: shop.session.view(),
    shift: shop.shifts.state(),
    training: training && { network: training.network() },
  }
}

/** What the page shows of a till that is not open. */
const closedTill = {
  audit: 'unchecked',
  keyStorage: 'keychain',
  session: {
    required: false,
    person: null,
    staff: [],
    unreadable: 0,
    practice: null,
    recovery: { exists: false, isDue: false },
  },
  shift: { current: null, toAcknowledge: null },
  training: null,
  clock: null,
  rescue: null,
  foreignHosts: [],
  chain: null,
  codeLengths: [],
} satisfies Partial<AppSnapshot>

function idleState(since: number): TillState {
  return {
    connection: {
      state: 'untried',
      since,
      lastContactAt: null,
      lastSilenceAt: null,
      nextProbeAt: null,
      blockedBy: null,
    },
    queue: { waiting: 0, oldestAt: null, review: 0, toHandOn: 0, unreadable: 0, paused: true },
    badge: 'untried',
    settledLater: null,
    recent: [],
    recordsRevision: 0,
    counter: noCounter,
  }
}
