import { describe, expect, test } from 'vitest'
import {
  type CounterView,
  noCounter,
  type PresentationView,
} from '../../../main/contract/counter.ts'
import { customerPage, customerView } from '../../../main/desktop/customer-page.ts'

function presentation(
  instruction: 'give' | 'already-given' | 'not-yet' | 'do-not-give',
  change: Partial<PresentationView> = {},
): PresentationView {
  return {
    presentationNo: 'P1',
    at: 0,
    codeTail: '6325',
    source: 'scanned',
    orderNo: 'O1',
    cashier: '小陈',
    reads: 1,
    isAged: false,
    verdict: {
      tone: instruction === 'give' ? 'green' : 'amber',
      reason: 'redeemed',
      instruction,
      redemption: null,
      deductFen: 1000,
      payable: null,
      shortFen: null,
      given: null,
      outside: null,
      shop: null,
      offline: null,
      stocks: [],
      misread: null,
      isUnrecorded: false,
      choices: [],
      at: 0,
    },
    ...change,
  }
}

const order = { orderNo: 'O1', totalFen: 5000, deductedFen: 2000, coupons: 2, exchangeFen: 0 }

function counter(change: Partial<CounterView>): CounterView {
  return { ...noCounter, order, ...change }
}

describe('a customer sees', () => {
  test('what counted and the sums, in both languages', () => {
    const shown = presentation('give')
    const others = [presentation('already-given')]
    const view = customerView({ counter: counter({ shown, others }), mode: 'live' })
    expect(view).toEqual({
      accepted: [
        { name: null, fen: 1000 },
        { name: null, fen: 1000 },
      ],
      sumFen: 2000,
      totalFen: 5000,
      isPractice: false,
    })
    const page = customerPage(view)
    for (const part of ['还需付', 'To pay', '¥30.00', '¥50.00', '−¥20.00', '已优惠', 'Accepted'])
      expect(page).toContain(part)
    expect(page).not.toContain('练习')
  })

  test('nothing of a coupon that did not count, of its code or of who is at the till', () => {
    const shown = presentation('do-not-give')
    const others = [presentation('not-yet')]
    const view = customerView({
      counter: counter({ shown, others, order: { ...order, deductedFen: 0 } }),
      mode: 'live',
    })
    expect(view.accepted).toEqual([])
    const page = customerPage(view)
    expect(page).not.toContain('6325')
    expect(page).not.toContain('小陈')
  })

  test('nothing of an earlier order, and a welcome once they have left', () => {
    const shown = presentation('give')
    const others = [presentation('give', { orderNo: 'O0' })]
    expect(
      customerView({ counter: counter({ shown, others }), mode: 'live' }).accepted,
    ).toHaveLength(1)
    const left = customerView({ counter: counter({ shown, order: null }), mode: 'training' })
    expect(customerPage(left)).toContain('欢迎光临')
    expect(customerPage(left)).toContain('练习')
  })

  test('their coupons and what is left to pay while the cashier is in another program', () => {
    const shown = presentation('give', { isAged: true })
    const view = customerView({ counter: counter({ shown }), mode: 'live' })
    expect(view).toMatchObject({ accepted: [{ fen: 1000 }], sumFen: 2000, totalFen: 5000 })
    // The total of the next order, typed in front of what is left of the last one.
    const next = { ...order, orderNo: 'O2', deductedFen: 0 }
    expect(customerView({ counter: counter({ shown, order: next }), mode: 'live' })).toMatchObject({
      accepted: [],
      totalFen: 5000,
    })
  })

  test('a batch’s name as text, whatever is in it', () => {
    const view = {
      accepted: [{ name: '<img src=x> & "A"', fen: null }],
      sumFen: 0,
      totalFen: null,
      isPractice: false,
    }
    expect(customerPage(view)).toContain('&lt;img src=x&gt; &amp; &quot;A&quot;')
  })
})
