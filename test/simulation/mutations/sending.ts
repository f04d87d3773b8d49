import type { Mutation } from './mutation.ts'

const till = 'main/redemption/till.ts'
const attempt = 'main/redemption/attempt.ts'
const outbox = 'main/redemption/outbox.ts'
const desk = 'main/redemption/person-orders.ts'
const breakerFile = 'main/redemption/breaker.ts'

/** Bugs between scan and outbox: looking up, sending, trying again, showing. */
export const sendingMutations: readonly Mutation[] = [
  {
    name: 'a retry gets a new number',
    file: outbox,
    find: '      .run(entry)\n',
    replace:
      '      .run({ ...entry, body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_request_no":"[^"]+"/, `"use_request_no":"${entry.useRequestNo.slice(0, -1)}z"`)) })\n',
  },
  {
    name: 'payment codes are sent',
    file: 'main/redemption/coupon-code.ts',
    find: "if (wechatPayment.test(code) || alipayPayment.test(code)) return { kind: 'payment-code' }",
    replace: "if (alipayPayment.test(code)) return { kind: 'payment-code' }",
  },
  {
    name: 'waiting entries are not resumed after a start',
    file: outbox,
    find: '      stopped = false\n      hint()\n',
    replace: '      stopped = false\n',
  },
  {
    name: 'two attempts of one number run at a time',
    file: attempt,
    find: '      runs.set(useRequestNo, run)\n      running.add(useRequestNo)\n',
    replace: '',
  },
  {
    name: 'a retry has no back-off',
    file: outbox,
    find: 'Math.max(shortestSleepMs, dueAt - clock())',
    replace: 'Math.max(0, dueAt - clock())',
  },
  {
    name: 'use_time is the moment of sending',
    file: outbox,
    find: '      .run(entry)\n',
    replace:
      '      .run({ ...entry, body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_time":"[^"]+"/, `"use_time":"${new Date(clock() + 28_800_000).toISOString().slice(0, 19)}+08:00"`)) })\n',
  },
  {
    name: 'a full disk ends the outbox',
    file: outbox,
    find: '      parts.onFault(cause)\n',
    replace: '      throw cause\n',
  },
  {
    name: 'a full disk ends learning of batches',
    file: till,
    find: '      .catch(onFault)\n',
    replace: '',
  },
  {
    name: 'an attempt begins without being recorded',
    file: outbox,
    find: '    const written = redemptions.update(begun.map((redemption) => ({ redemption, audits })))\n',
    replace: '    const written = { ok: true as const, audits }\n',
  },
  {
    name: 'each try of a return gets a new number',
    file: outbox,
    find: '      .run(entry)\n',
    replace:
      '      .run(entry.couponReturn ? { ...entry, couponReturn: { ...entry.couponReturn, body: new TextEncoder().encode(new TextDecoder().decode(entry.couponReturn.body).replace(/"return_request_no":"[^"]+"/, `"return_request_no":"R-${clock()}-${entry.attempts}"`)) } } : entry)\n',
  },
  {
    name: 'an entry that may have been sent can be cancelled',
    file: desk,
    find: '      if (!hadNoEffect(found.value) || attempter.running.has(useRequestNo))\n',
    replace: '      if (attempter.running.has(useRequestNo))\n',
  },
  {
    name: 'entries are sent while paused',
    file: outbox,
    find: "    if (paused || isResting() || breaker.state === 'open') return 0\n",
    replace: "    if (isResting() || breaker.state === 'open') return 0\n",
  },
  {
    name: 'the breaker never closes',
    file: breakerFile,
    find: "    if (outcome.kind !== 'unknown' && !isPage) return this.#close()\n",
    replace: "    if (outcome.kind !== 'unknown' && !isPage) return false\n",
  },
  {
    name: 'a successful probe changes nothing',
    file: breakerFile,
    find: "    else if (this.#state === 'open') this.#state = 'trial'\n",
    replace: '',
  },
  {
    name: 'probes of an empty queue never become rarer',
    file: breakerFile,
    find: '    if (!reached) this.#openings += 1\n',
    replace: "    if (!reached) this.#openings += this.#state === 'open' ? 1 : 0\n",
  },
  {
    name: 'a decision is overwritten with an older row',
    file: attempt,
    find: '    return find(redemption.useRequestNo) ?? redemption\n',
    replace: '    return runs.get(redemption.useRequestNo)?.latest ?? redemption\n',
  },
  {
    name: 'a decision during an attempt takes effect only after it',
    file: attempt,
    find: '    run.latest = change.redemption\n',
    replace: '',
  },
  {
    name: 'a change during an attempt is lost',
    file: attempt,
    find: '    if (run) run.latest = amended\n',
    replace: '',
  },
  {
    name: "coupons are refused by the PC's clock",
    file: till,
    find: '  const { clocks, rules, limits } = parts\n',
    replace:
      '  const { rules, limits } = parts\n  const clocks = { ...parts.clocks, confirmed: parts.clocks.now }\n',
  },
  {
    name: 'what the cashier saw settle is told again as news',
    file: 'main/redemption/settled-later.ts',
    find: 'else if (waitedMs(redemption, now) >= seenMs)',
    replace: 'else if (waitedMs(redemption, now) >= 0)',
  },
  {
    name: 'a discount that was given counts as none among what was settled later',
    file: 'main/redemption/settled-later.ts',
    find: "return wasGiven(redemption) ? 'redeemed' : 'notGiven'",
    replace: "return 'notGiven'",
  },
]
