import type { Recommendation } from '../contract/snapshot.ts'
import type { Reason } from '../contract/reason.ts'
import type { Redemption } from './redemption.ts'

/** No answer was final: the same bytes may still be asked again. */
const undecided: readonly Reason[] = [
  'no-connection',
  'no-answer-in-time',
  'service-error',
  'rate-limited',
  'answer-not-final',
  'answer-not-verified',
]

/** What a person is advised to do about a redemption that waits for him. */
export function recommend(redemption: Redemption): Recommendation {
  const { reason, uncertain, honoured } = redemption
  if (reason === null || undecided.includes(reason)) return 'send-again'
  // "Used by another order" after an attempt of ours that nobody answered: most likely that attempt was the order.
  if (reason === 'used-elsewhere' && uncertain) return 'check-and-confirm'
  return honoured ? 'book-loss' : 'check-and-confirm'
}
