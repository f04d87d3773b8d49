import type { CounterView } from '../contract/counter.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import type { TillState } from '../contract/snapshot.ts'
import { badgeOf } from './badge.ts'
import type { ConnectionState } from './connection.ts'
import type { Outbox } from './outbox.ts'
import type { TillStore } from './ports.ts'
import type { Progress } from './progress.ts'
import type { Redemption } from './redemption.ts'
import type { SettledLater } from './settled-later.ts'
import type { TillRules } from './till-parts.ts'

interface TillStateParts {
  readonly store: Pick<TillStore, 'redemptions' | 'open' | 'audit'>
  readonly connection: ConnectionState
  readonly outbox: Pick<Outbox, 'paused'>
  readonly progress: Progress
  readonly settledLater: SettledLater
  readonly rules: Pick<TillRules, 'offlinePolicy'>
  readonly counter: { view(): CounterView }
  readonly view: (redemption: Redemption) => RedemptionView
}

const recentLength = 20

/** What the page shows of the till as a whole. */
export function tillStateOf(parts: TillStateParts): TillState {
  const { store, connection, outbox, progress, settledLater, rules, counter, view } = parts
  const counts = store.open.counts()
  const recordsRevision = store.audit.rows()
  const queue = {
    ...counts,
    honouredFen: store.open.honoured(rules.offlinePolicy.limits.singleFen).fen,
    paused: outbox.paused,
    progress: progress.of(counts.waiting),
  }
  return {
    connection: connection.current,
    queue,
    badge: badgeOf(connection.current, queue),
    settledLater: settledLater.view(recordsRevision, counts.waiting > 0),
    recent: store.redemptions.recent(recentLength).map(view),
    counter: counter.view(),
    recordsRevision,
  }
}
