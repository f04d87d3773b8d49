import type { Mutation } from './mutation.ts'

const till = 'main/redemption/till.ts'
const attempt = 'main/redemption/attempt.ts'
const outbox = 'main/redemption/outbox.ts'
const desk = 'main/redemption/person-orders.ts'
const breakerFile = 'main/redemption/breaker.ts'

/** From the scan to the outbox: what is recalled, sent, tried again and shown. */
export const sendingMutations: readonly Mutation[] = [
  {
    name: 'a new number on retry',
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
    name: 'the waiting ones are not taken up after a start',
    file: outbox,
    find: '      stopped = false\n      hint()\n',
    replace: '      stopped = false\n',
  },
  {
    name: 'two attempts of one number at a time',
    file: attempt,
    find: '      runs.set(useRequestNo, run)\n      running.add(useRequestNo)\n',
    replace: '',
  },
  {
    name: 'ask again at once',
    file: outbox,
    find: 'Math.max(shortestSleepMs, dueAt - clock())',
    replace: 'Math.max(0, dueAt - clock())',
  },
  {
    name: 'use_time from the moment of sending',
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
    name: 'a full disk ends the learning of a batch',
    file: till,
    find: '      .catch(onFault)\n',
    replace: '',
  },
  {
    name: 'a round begins without being written',
    file: outbox,
    find: '    store.updateAll(begun.map((redemption) => ({ redemption, audits })))\n',
    replace: '    void audits\n',
  },
  {
    name: 'a new number for each try of a return',
    file: outbox,
    find: '      .run(entry)\n',
    replace:
      '      .run(entry.giveBack ? { ...entry, giveBack: { ...entry.giveBack, body: new TextEncoder().encode(new TextDecoder().decode(entry.giveBack.body).replace(/"return_request_no":"[^"]+"/, `"return_request_no":"R-${clock()}-${entry.attempts}"`)) } } : entry)\n',
  },
  {
    name: 'cancel what may have been sent',
    file: desk,
    find: '      if (!hadNoEffect(found.value) || attempter.running.has(useRequestNo))\n',
    replace: '      if (attempter.running.has(useRequestNo))\n',
  },
  {
    name: 'send while paused',
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
    name: 'a probe changes nothing',
    file: breakerFile,
    find: "    else if (this.#state === 'open') this.#state = 'trial'\n",
    replace: '',
  },
  {
    name: 'probes of an empty queue never grow rarer',
    file: breakerFile,
    find: '    if (!reached) this.#openings += 1\n',
    replace: "    if (!reached) this.#openings += this.#state === 'open' ? 1 : 0\n",
  },
  {
    name: 'overwrite a decision with an older reading',
    file: attempt,
    find: '    return find(redemption.useRequestNo) ?? redemption\n',
    replace: '    return runs.get(redemption.useRequestNo)?.latest ?? redemption\n',
  },
  {
    name: 'a decision is forgotten until the attempt is over',
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
    name: 'refuse by the PC clock',
    file: till,
    find: '    confirmedClock: parts.confirmedClock ?? (() => null),',
    replace: '    confirmedClock: clock,',
  },
]
