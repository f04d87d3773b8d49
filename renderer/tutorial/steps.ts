import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import type { TillView } from '../screens/till/use-redemption.ts'

/** What has to happen before the next step; it is seen on the till itself, nobody presses "next". */
interface Step {
  readonly name: 'green' | 'red' | 'cut' | 'amber' | 'restore' | 'review'
  readonly isDone: (snapshot: AppSnapshot, view: TillView) => boolean
}

function hasVerdict(view: TillView, tone: 'green' | 'red'): boolean {
  return view.kind === 'verdict' && view.verdict.tone === tone
}

/** Green, red, an outage, a coupon honoured in it that is refused later, and the person who decides. */
export const steps: readonly Step[] = [
  { name: 'green', isDone: (_, view) => hasVerdict(view, 'green') },
  { name: 'red', isDone: (_, view) => hasVerdict(view, 'red') },
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
