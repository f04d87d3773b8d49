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
const request = 'main/redemption/use-request.ts'
const store = 'main/store/store.ts'
const table = 'main/store/redemption-table.ts'

/** Each of them has cost somebody money somewhere. The tests of the domain or 200 seeds must find every one. */
export const mutations: readonly Mutation[] = [
  {
    name: 'a new number on retry',
    file: outbox,
    find: 'move(entry, { attempts: entry.attempts + 1,',
    replace:
      'move(entry, { body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_request_no":"[^"]+"/, `"use_request_no":"${entry.useRequestNo.slice(0, -1)}z"`)), attempts: entry.attempts + 1,',
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
    file: outcome,
    find: "return { kind: 'unknown', reason, retryAfterMs: null, reached: false, evidence }",
    replace: "return { kind: 'refused', reason, evidence }",
  },
  {
    name: 'a system error is a refusal',
    file: outcome,
    find: "SYSTEMERROR: unknown('service-error')",
    replace: "SYSTEMERROR: refused('refused-otherwise')",
  },
  {
    name: 'too many requests is a refusal',
    file: outcome,
    find: "FREQUENCYLIMITED: unknown('rate-limited')",
    replace: "FREQUENCYLIMITED: refused('refused-otherwise')",
  },
  {
    name: 'a wrong signature is a refusal',
    file: outcome,
    find: "SIGNERROR: blocked('signature-rejected')",
    replace: "SIGNERROR: refused('refused-otherwise')",
  },
  {
    name: 'an error page of a proxy is a refusal',
    file: outcome,
    find: "return unknown(status >= 500 ? 'service-error' : 'answer-not-verified')",
    replace: "return status >= 500 ? unknown('service-error') : refused('refused-otherwise')",
  },
  {
    name: 'green on an unverified 200',
    file: outcome,
    find: 'if (reply.status === 200 && reply.verified) {',
    replace: 'if (reply.status === 200) {',
  },
  {
    name: 'an unverified 200 is a refusal',
    file: outcome,
    find: "if (status < 300) return unknown(verified ? 'answer-not-final' : 'answer-not-verified')",
    replace:
      "if (status < 300) return verified ? unknown('answer-not-final') : refused('refused-otherwise')",
  },
  {
    name: 'green on a 202',
    file: outcome,
    find: 'if (reply.status === 200 && reply.verified) {',
    replace:
      "if (reply.status === 202 && reply.verified) return { kind: 'confirmed', stockId: '', openid: '', usedAt: null, evidence }\n  if (reply.status === 200 && reply.verified) {",
  },
  {
    name: 'forget the audit row of a change',
    file: store,
    find: '        table.update(redemption)\n        note(redemption.useRequestNo, audit)\n',
    replace:
      '        table.update(redemption)\n        if (audit.evidence === null) note(redemption.useRequestNo, audit)\n',
  },
  {
    name: 'forget the audit row of the recording',
    file: store,
    find: '    table.insert(redemption)\n    note(redemption.useRequestNo, audit)\n',
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
    find: "const state = isOurs ? 'review' : 'refused'",
    replace: "const state = 'refused'",
  },
  {
    name: 'review for every refusal',
    file: attempt,
    find: "const state = isOurs ? 'review' : 'refused'",
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
    find: '{ reason: outcome.reason, nextAttemptAt: at + wait }',
    replace: '{ reason: outcome.reason, nextAttemptAt: null, honoured: wait < 0 }',
  },
  {
    name: 'a blocked one is given up',
    file: attempt,
    find: '        const waiting = move(redemption, {\n          reason: outcome.reason,\n          nextAttemptAt: at + longestBackOffMs,',
    replace:
      "        const waiting = move(redemption, {\n          state: 'refused',\n          reason: outcome.reason,\n          nextAttemptAt: at + longestBackOffMs,",
  },
  {
    name: 'the waiting ones are not taken up after a start',
    file: outbox,
    find: '      stopped = false\n      void drain(Number.MAX_SAFE_INTEGER)',
    replace: '      stopped = false',
  },
  {
    name: 'two attempts of one number at a time',
    file: attempt,
    find: '      running.set(redemption.useRequestNo, attempt)\n',
    replace: '',
  },
  {
    name: 'attempts are not counted',
    file: outbox,
    find: 'attempts: entry.attempts + 1',
    replace: 'attempts: entry.attempts',
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
    find: 'Math.max(shortest, dueAt - clock())',
    replace: 'Math.max(0, dueAt - clock())',
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
    find: 'move(entry, { attempts: entry.attempts + 1,',
    replace:
      'move(entry, { body: new TextEncoder().encode(new TextDecoder().decode(entry.body).replace(/"use_time":"[^"]+"/, `"use_time":"${new Date(clock() + 28_800_000).toISOString().slice(0, 19)}+08:00"`)), attempts: entry.attempts + 1,',
  },
  {
    name: 'settle a row of another number',
    file: table,
    find: 'WHERE use_request_no = @useRequestNo`)',
    replace: 'WHERE coupon_code = @couponCode`)',
  },
  {
    name: 'a full disk ends the outbox',
    file: outbox,
    find: '      onFault(cause)\n',
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
]
