import type { Mutation } from './mutation.ts'

const redemption = 'main/redemption/redemption.ts'
const request = 'main/redemption/use-request.ts'
const store = 'main/store/store.ts'
const table = 'main/store/redemption-table.ts'

/** What is written, under which number, and read back. */
export const storingMutations: readonly Mutation[] = [
  {
    name: 'go on when nothing was saved',
    file: 'main/redemption/recorder.ts',
    find: '    return saved.ok ? ok(redemption) : saved\n',
    replace: '    return saved.ok ? ok(redemption) : ok(redemption)\n',
  },
  {
    name: 'days of the week by London time',
    file: 'main/redemption/week-hours.ts',
    find: 'const local = at + beijingOffsetMs',
    replace: 'const local = at + 0 * beijingOffsetMs',
  },
  {
    name: 'a week of unknown days refuses everybody',
    file: 'main/wechatpay/facts.ts',
    find: 'if (known.length === 0 || !isClear || hasOtherTimes) return null',
    replace: 'if (hasOtherTimes) return null',
  },
  {
    name: 'forget the audit row of a change',
    file: store,
    find: '        for (const audit of audits) chain.append(redemption.useRequestNo, audit)\n',
    replace:
      '        for (const audit of audits)\n          if (audit.evidence === null) chain.append(redemption.useRequestNo, audit)\n',
  },
  {
    name: 'forget the audit row of the recording',
    file: 'main/store/recording.ts',
    find: "        ${auditInsertion('new.keyId, new.useRequestNo, new.at, new.event, new.evidence, new.link')};\n",
    replace: '',
  },
  {
    name: 'what is in no index yet is not looked for',
    file: 'main/store/fresh-rows.ts',
    find: ' AND fresh = 1`] as const',
    replace: ' AND fresh = 2`] as const',
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
    name: 'attempts are not counted',
    file: redemption,
    find: 'attempts: redemption.attempts + 1',
    replace: 'attempts: redemption.attempts',
  },
  {
    name: 'entries of a time to come wait for it',
    file: table,
    find: '(next_attempt_at <= @now OR next_attempt_at > @beyondAsked\n          OR next_attempt_at > @beyond AND',
    replace:
      '(next_attempt_at <= @now AND next_attempt_at < @beyondAsked\n          OR next_attempt_at > @beyond AND @beyond < 0 AND',
  },
  {
    name: 'what is held for its customer is erased',
    file: 'main/store/erasure.ts',
    find: '        AND (held_until IS NULL OR released_at IS NOT NULL) AS isDue\n',
    replace: '        AND rowid > 0 AS isDue\n',
  },
  {
    name: 'numbers from the second alone',
    file: request,
    find: 'return `${tillId}-${time}-${tail}`',
    replace: 'return `${tillId}-${time}-${tail.slice(0, 0)}`',
  },
  {
    name: 'settle the rows of later numbers too',
    file: table,
    find: 'UPDATE redemption SET ${setChanging} WHERE use_request_no = @useRequestNo`)',
    replace: 'UPDATE redemption SET ${setChanging} WHERE use_request_no >= @useRequestNo`)',
  },
  {
    name: 'forget the attempt that the end of the process cut off',
    file: redemption,
    find: 'redemption.uncertain || redemption.inFlight',
    replace: 'redemption.uncertain',
  },
]
