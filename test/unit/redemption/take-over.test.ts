import { describe, expect, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { type Known, mayGoOn, type Sibling, takeOver } from '../../../main/redemption/take-over.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

const at = 5000
const brought = pendingRedemption(1, { handOvers: 1, inFlight: false })

function sibling(change: Partial<Sibling>): Sibling {
  return {
    useRequestNo: 'T9-1',
    state: 'pending',
    reason: null,
    resolution: null,
    stockId: null,
    settledAt: 1,
    ...change,
  }
}

function known(change: Partial<Known> = {}): Known {
  return { here: null, siblings: [], hasLostTime: false, ...change }
}

function beside(...siblings: readonly Partial<Sibling>[]): Known {
  return known({ siblings: siblings.map(sibling) })
}

test('an entry handed over by another till goes on as it was', () => {
  expect(takeOver(brought, known(), at)).toEqual({ kind: 'taken', redemption: brought, why: null })
})

test('an entry without a time for its next attempt is due at once, so that it is not forgotten', () => {
  const entry = { ...brought, nextAttemptAt: null }
  expect(takeOver(entry, known(), at).redemption?.nextAttemptAt).toBe(at)
})

test('a closed entry is no longer held', () => {
  const entry = { ...brought, heldUntil: 9000 }
  expect(takeOver(entry, known(), at).redemption?.heldUntil).toBe(9000)
  expect(takeOver(entry, beside({ state: 'redeemed' }), at).redemption?.heldUntil).toBeNull()
})

test('an entry taken over after records were lost may have been here before, and sent', () => {
  const { redemption } = takeOver(brought, known({ hasLostTime: true }), at)
  expect(redemption?.uncertain).toBe(true)
})

describe('an entry taken over beside another number of its coupon', () => {
  test.each<[Sibling['state'], string | null]>([
    ['redeemed', 'redeemed-here-before'],
    ['returning', 'being-returned'],
    ['pending', 'waiting-here-already'],
    ['review', 'in-review-here'],
    ['returned', 'returned-here-before'],
    ['resolved', 'redeemed-here-before'],
    ['refused', null],
    ['cancelled', null],
  ])('that is %s: %s', (state, why) => {
    const taken = takeOver(brought, beside({ state }), at)
    expect(taken.why).toBe(why)
    expect(taken.redemption?.state).toBe(why === null ? 'pending' : 'cancelled')
  })

  test('goes on where the other number was found not to be redeemed', () => {
    const taken = takeOver(brought, beside({ state: 'resolved', resolution: 'not-redeemed' }), at)
    expect(taken.kind).toBe('taken')
    const lost = takeOver(brought, beside({ state: 'resolved', resolution: 'loss' }), at)
    expect(lost.why).toBe('redeemed-here-before')
  })

  test('goes on where the other number was handed over itself', () => {
    const taken = takeOver(brought, beside({ state: 'resolved', reason: 'handed-over' }), at)
    expect(taken.kind).toBe('taken')
  })

  test('is refused as redeemed by the number that holds the coupon now, whatever held it before', () => {
    const taken = takeOver(brought, beside({ state: 'returned' }, { state: 'redeemed' }), at)
    expect(taken.why).toBe('redeemed-here-before')
  })

  test('as a return, goes on after another return, and waits for a person beside a redemption', () => {
    const couponReturn = {
      returnRequestNo: 'T2-back-1',
      body: brought.body,
      reason: null,
      refusedAt: null,
    }
    const entry: Redemption = { ...brought, state: 'returning', couponReturn }
    expect(takeOver(entry, beside({ state: 'returned' }), at).kind).toBe('taken')
    expect(takeOver(entry, beside({ state: 'redeemed' }), at)).toMatchObject({
      kind: 'review',
      redemption: { state: 'review', couponReturn },
    })
  })

  test.each<[string, Partial<Redemption>]>([
    ['honoured', { honoured: true }],
    ['told to be given', { given: { at: 1, by: null, fen: null } }],
    ['perhaps sent', { uncertain: true }],
    ['cut off in the middle of sending', { inFlight: true }],
  ])('what was %s waits for a person', (_, change) => {
    const taken = takeOver({ ...brought, ...change }, beside({ state: 'redeemed' }), at)
    expect(taken).toMatchObject({ kind: 'review', redemption: { ...change, state: 'review' } })
  })
})

function stopped(reason: Redemption['reason']): Redemption {
  return { ...brought, state: 'review', reason }
}

function returnedAt(settledAt: number): Sibling[] {
  return [sibling({ state: 'returned', settledAt })]
}

describe('a person may have an entry sent again', () => {
  test('if it was never stopped, whatever other numbers there are', () => {
    expect(mayGoOn(stopped('answer-not-final'), [sibling({ state: 'redeemed' })])).toBe(true)
    expect(mayGoOn(stopped(null), [sibling({ state: 'redeemed' })])).toBe(true)
  })

  test('once the other number is decided against the coupon', () => {
    const entry = stopped('waiting-here-already')
    expect(mayGoOn(entry, [sibling({ state: 'pending' })])).toBe(false)
    expect(mayGoOn(entry, [sibling({ state: 'refused' })])).toBe(true)
  })

  test('if it was scanned after the coupon was returned here', () => {
    const entry = stopped('returned-here-before')
    expect(mayGoOn(entry, returnedAt(entry.recordedAt + 1))).toBe(false)
    expect(mayGoOn(entry, returnedAt(entry.recordedAt - 1))).toBe(true)
  })

  test('not at a till that does not know what became of the coupon', () => {
    expect(mayGoOn(stopped('redeemed-here-before'), [])).toBe(false)
    expect(mayGoOn(stopped('returned-here-before'), [])).toBe(false)
  })

  test('if the other number was stopped too', () => {
    const other = sibling({ state: 'review', reason: 'waiting-here-already' })
    expect(mayGoOn(stopped('waiting-here-already'), [other])).toBe(true)
  })
})
