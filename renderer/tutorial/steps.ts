import type { AppSnapshot } from '../../main/contract/snapshot.ts'

/** What must happen before the next step. It is seen from the till itself; there is no "next" button. */
interface Step {
  readonly name: 'green' | 'red' | 'cut' | 'amber' | 'restore' | 'review'
  readonly isDone: (snapshot: AppSnapshot) => boolean
}

function hasVerdict({ counter }: AppSnapshot, tone: 'green' | 'red'): boolean {
  return counter.shown?.verdict?.tone === tone
}

/** A green and a red coupon, an outage, a coupon honoured in it and refused later, and the person who decides. */
export const steps: readonly Step[] = [
  { name: 'green', isDone: (snapshot) => hasVerdict(snapshot, 'green') },
  { name: 'red', isDone: (snapshot) => hasVerdict(snapshot, 'red') },
  { name: 'cut', isDone: ({ training }) => training?.network === 'cut' },
  {
    name: 'amber',
    isDone: ({ recent }) => recent.some(({ state, honoured }) => state === 'pending' && honoured),
  },
  {
    name: 'restore',
    isDone: ({ training, queue }) =>
      training?.network === 'up' && queue.waiting === 0 && queue.review > 0,
  },
  { name: 'review', isDone: ({ queue }) => queue.review === 0 },
]
