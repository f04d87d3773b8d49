import type { RedemptionView } from '../../main/contract/redemption-view.ts'
import type { AppSnapshot, Queue } from '../../main/contract/snapshot.ts'

/** What must happen before the next step. It is seen from the till itself; there is no "next" button. */
interface Step {
  readonly name: 'green' | 'red' | 'cut' | 'amber' | 'restore' | 'review'
  readonly isDone: (snapshot: AppSnapshot) => boolean
}

function hasVerdict({ counter }: AppSnapshot, tone: 'green' | 'red'): boolean {
  return counter.shown?.verdict?.tone === tone
}

/** What tells how far somebody is with the outage. */
interface Practised {
  readonly training: Pick<NonNullable<AppSnapshot['training']>, 'network'> | null
  readonly queue: Pick<Queue, 'review'>
  readonly recent: readonly Pick<RedemptionView, 'state' | 'honoured'>[]
}

function hasHonoured({ recent }: Pick<Practised, 'recent'>): boolean {
  return recent.some(({ state, honoured }) => state === 'pending' && honoured)
}

/**
 * Returns the words of what has to be done anew, where a step cannot be done as things are: the network was restored too early, or what
 * was honoured was redeemed. `null` where it can.
 */
export function hintOf(
  step: Step['name'],
  practised: Practised,
): 'again.amber' | 'again.restore' | null {
  const { training, queue } = practised
  if (step === 'amber' && training?.network === 'up') return 'again.amber'
  const isNothingOpen = queue.review === 0 && !hasHonoured(practised)
  return step === 'restore' && isNothingOpen ? 'again.restore' : null
}

/** A green and a red coupon, an outage, a coupon honoured in it and refused later, and the person who decides. */
export const steps: readonly Step[] = [
  { name: 'green', isDone: (snapshot) => hasVerdict(snapshot, 'green') },
  { name: 'red', isDone: (snapshot) => hasVerdict(snapshot, 'red') },
  { name: 'cut', isDone: ({ training }) => training?.network === 'cut' },
  { name: 'amber', isDone: hasHonoured },
  {
    name: 'restore',
    isDone: ({ training, queue }) =>
      training?.network === 'up' && queue.waiting === 0 && queue.review > 0,
  },
  { name: 'review', isDone: ({ queue }) => queue.review === 0 },
]
