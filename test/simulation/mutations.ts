/** One deliberate bug: `find` stands exactly once in `file`. */
export interface Mutation {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

const till = 'main/redemption/till.ts'
const attempt = 'main/redemption/attempt.ts'
const outbox = 'main/redemption/outbox.ts'
const outcome = 'main/redemption/outcome.ts'
const ruling = 'main/redemption/ruling.ts'
const redemption = 'main/redemption/redemption.ts'
const request = 'main/redemption/use-request.ts'
const store = 'main/store/store.ts'
const table = 'main/store/redemption-table.ts'

/** Each of them has cost somebody money somewhere. The tests of the domain or 200 seeds must find every one. */
export const mutations: readonly Mutation[] = [
  {
    name: 'a new number on retry',
    file: outbox,
    find: 'await Promise.all(beginAll(entries).map((entry) => attempter.run(entry)))',
    replace:
      'await Promise.all(beginAll(entries).map((entry) => attempter.run({ ...entry, body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_request_no":"[^"]+"/, `"use_request_no":"${entry.useRequestNo.slice(0, -1)}z"`)) })))',
  },
  {
    name: 'send before commit',
    file: till,
    find: "    store.insert(redemption, { at, event: 'recorded', evidence: null })\n",
    replace:
      "    void Promise.resolve().then(() => store.insert(redemption, { at, event: 'recorded', evidence: null }))\n",
  },
  {
    name: 'a time-out is a refusal',
    file: ruling,
    find: '  const evidence = { ...noEvidence, transportFault: fault }\n  return {\n    ...unknown(',
    replace:
      "  const evidence = { ...noEvidence, transportFault: fault }\n  if (isLate) return { kind: 'refused', reason: 'no-answer-in-time', evidence }\n  return {\n    ...unknown(",
  },
  {
    name: 'a system error is a refusal',
    file: ruling,
    find: "SYSTEMERROR: unknown('service-error')",
    replace: "SYSTEMERROR: refused('refused-otherwise')",
  },
  {
    name: 'too many requests is a refusal',
    file: ruling,
    find: "FREQUENCYLIMITED: unknown('rate-limited')",
    replace: "FREQUENCYLIMITED: refused('refused-otherwise')",
  },
  {
    name: 'a wrong signature is a refusal',
    file: ruling,
    find: "SIGNERROR: blocked('signature-rejected')",
    replace: "SIGNERROR: refused('refused-otherwise')",
  },
  {
    name: 'an error page of a proxy is a refusal',
    file: ruling,
    find: "return unknown(status >= 500 ? 'service-error' : 'answer-not-verified')",
    replace: "return status >= 500 ? unknown('service-error') : refused('refused-otherwise')",
  },
  {
    name: 'green on an unverified 200',
    file: outcome,
    find: 'reply.status === 200 && reply.verified',
    replace: 'reply.status === 200',
  },
  {
    name: 'an unverified 200 is a refusal',
    file: ruling,
    find: "if (status < 300) return unknown(verified ? 'answer-not-final' : 'answer-not-verified')",
    replace:
      "if (status < 300) return verified ? unknown('answer-not-final') : refused('refused-otherwise')",
  },
  {
    name: 'green on a 200 without its body',
    file: outcome,
    find: '    if (!used.success) return null\n',
    replace:
      "    if (!used.success) return { kind: 'confirmed', stockId: 's', openid: '', usedAt: null, evidence } as const\n",
  },
  {
    name: 'forget the audit row of a change',
    file: store,
    find: '        chain.append(redemption.useRequestNo, audit)\n      }',
    replace:
      '        if (audit.evidence === null) chain.append(redemption.useRequestNo, audit)\n      }',
  },
  {
    name: 'forget the audit row of the recording',
    file: store,
    find: '    table.insert(redemption)\n    chain.append(redemption.useRequestNo, audit)\n',
    replace: '    table.insert(redemption)\n    void audit\n',
  },
  {
    name: 'row and audit row in two transactions',
    file: store,
    find: '        table.update(redemption)\n',
    replace: "        table.update(redemption)\n        database.exec('COMMIT; BEGIN IMMEDIATE')\n",
  },
  {
    name: 'write the change after the transaction',
    file: store,
    find: '        table.update(redemption)\n',
    replace: '        void Promise.resolve().then(() => table.update(redemption))\n',
  },
  {
    name: 'drop what would go to review',
    file: attempt,
    find: "const state = redemption.uncertain ? 'review' : 'refused'",
    replace: "const state = 'refused'",
  },
  {
    name: 'review for every refusal',
    file: attempt,
    find: "const state = redemption.uncertain ? 'review' : 'refused'",
    replace: "const state = 'review'",
  },
  {
    name: 'ignore the recall',
    file: till,
    find: 'if (recalled) return recalled',
    replace: 'if (recalled && classified.code === "") return recalled',
  },
  {
    name: 'recall forgets what is pending',
    file: till,
    find: "      case 'pending':\n      case 'returning':\n        return verdict('amber', 'waiting-here-already', earlier)",
    replace: "      case 'pending':\n      case 'returning':\n        return undefined",
  },
  {
    name: 'recall forgets what is redeemed',
    file: till,
    find: "          : verdict('red', 'redeemed-here-before', earlier)",
    replace: '          : undefined',
  },
  {
    name: 'green for what is still pending',
    file: till,
    find: "        return verdict('amber', 'waiting-here-already', earlier)",
    replace: "        return verdict('green', 'redeemed', earlier)",
  },
  {
    name: 'red when the patience ends',
    file: till,
    find: "ended.resolve(verdict('amber', 'no-answer-in-time', redemption))",
    replace: "ended.resolve(verdict('red', 'no-answer-in-time', redemption))",
  },
  {
    name: 'green when the patience ends',
    file: till,
    find: "ended.resolve(verdict('amber', 'no-answer-in-time', redemption))",
    replace: "ended.resolve(verdict('green', 'redeemed', redemption))",
  },
  {
    name: 'red for what is unknown',
    file: till,
    find: "outcome.kind === 'refused' ? 'red' : 'amber'",
    replace: "outcome.kind !== 'blocked' ? 'red' : 'amber'",
  },
  {
    name: 'payment codes are sent',
    file: 'main/redemption/coupon-code.ts',
    find: "if (wechatPayment.test(code) || alipayPayment.test(code)) return { kind: 'payment-code' }",
    replace: "if (alipayPayment.test(code)) return { kind: 'payment-code' }",
  },
  {
    name: 'an unknown one is not tried again',
    file: attempt,
    find: '          nextAttemptAt: at + wait,\n',
    replace: '          nextAttemptAt: wait < 0 ? at : null,\n',
  },
  {
    name: 'a blocked one is given up',
    file: attempt,
    find: '          inFlight,\n          reason: outcome.reason,\n          nextAttemptAt: at + longestBackOffMs,',
    replace:
      "          inFlight,\n          state: 'refused',\n          reason: outcome.reason,\n          nextAttemptAt: at + longestBackOffMs,",
  },
  {
    name: 'the waiting ones are not taken up after a start',
    file: outbox,
    find: '      stopped = false\n      wake()\n',
    replace: '      stopped = false\n',
  },
  {
    name: 'two attempts of one number at a time',
    file: attempt,
    find: '      running.set(redemption.useRequestNo, attempt)\n',
    replace: '',
  },
  {
    name: 'attempts are not counted',
    file: redemption,
    find: 'attempts: redemption.attempts + 1',
    replace: 'attempts: redemption.attempts',
  },
  {
    name: 'entries of a time to come wait for it',
    file: table,
    find: '(next_attempt_at <= ? OR next_attempt_at > ?)',
    replace: '(next_attempt_at <= ? AND next_attempt_at <= ?)',
  },
  {
    name: 'ask again at once',
    file: outbox,
    find: 'Math.max(shortestSleepMs, restMs,',
    replace: 'Math.max(0, restMs,',
  },
  {
    name: 'numbers from the second alone',
    file: request,
    find: 'return `${tillId}-${time}-${tail}`',
    replace: 'return `${tillId}-${time}-${tail.slice(0, 0)}`',
  },
  {
    name: 'use_time from the moment of sending',
    file: outbox,
    find: 'await Promise.all(beginAll(entries).map((entry) => attempter.run(entry)))',
    replace:
      'await Promise.all(beginAll(entries).map((entry) => attempter.run({ ...entry, body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_time":"[^"]+"/, `"use_time":"${new Date(clock() + 28_800_000).toISOString().slice(0, 19)}+08:00"`)) })))',
  },
  {
    name: 'settle the rows of later numbers too',
    file: table,
    find: 'WHERE use_request_no = @useRequestNo`)',
    replace: 'WHERE use_request_no >= @useRequestNo`)',
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
    find: '.then(changed).catch(parts.onFault)',
    replace: '.then(changed)',
  },
  {
    name: 'a round begins without being written',
    file: outbox,
    find: '    store.updateAll(begun.map((redemption) => ({ redemption, audit })))\n',
    replace: '    void audit\n',
  },
  {
    name: 'forget that an attempt may have redeemed',
    file: attempt,
    find: 'redemption.uncertain || outcome.mayHaveTakenEffect',
    replace: 'redemption.uncertain',
  },
  {
    name: 'forget the attempt that the end of the process cut off',
    file: redemption,
    find: 'redemption.uncertain || redemption.inFlight',
    replace: 'redemption.uncertain',
  },
]
