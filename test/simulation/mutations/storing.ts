import type { Mutation } from './mutation.ts'

const redemption = 'main/redemption/redemption.ts'
const request = 'main/redemption/use-request.ts'
const table = 'main/store/redemption-table.ts'

/** Bugs in writing, numbering and reading back records. */
export const storingMutations: readonly Mutation[] = [
  {
    name: 'a coupon is sent although it could not be saved',
    file: 'main/redemption/recorder.ts',
    find: '    return saved.ok ? ok(redemption) : saved\n',
    replace: '    return saved.ok ? ok(redemption) : ok(redemption)\n',
  },
  {
    name: 'days of the week are in London time',
    file: 'main/redemption/week-hours.ts',
    find: 'const local = at + beijingOffsetMs',
    replace: 'const local = at + 0 * beijingOffsetMs',
  },
  {
    name: 'unknown days of the week refuse every coupon',
    file: 'main/wechatpay/facts.ts',
    find: 'if (known.length === 0 || !isClear || hasOtherTimes) return null',
    replace: 'if (hasOtherTimes) return null',
  },
  {
    name: 'a change writes no audit row',
    file: table,
    find: '      for (const audit of audits)\n        chain.append(',
    replace:
      '      for (const audit of audits)\n        if (audit.evidence === null) chain.append(',
  },
  {
    name: 'recording writes no audit row',
    file: 'main/store/recording.ts',
    find: "        ${auditInsertion('new.key_id, new.use_request_no, new.audit_at, new.audit_event, new.audit_evidence, new.audit_link, NULL')};\n",
    replace: '',
  },
  {
    name: 'rows that are in no index yet are not found',
    file: 'main/store/fresh-rows.ts',
    find: ' AND fresh = 1`] as const',
    replace: ' AND fresh = 2`] as const',
  },
  {
    name: 'row and audit row are written in two transactions',
    file: table,
    find: '      noteAll(change, writer.update(change.redemption, change.audits.at(-1)?.at ?? null))\n',
    replace:
      "      {\n        const mac = writer.update(change.redemption, change.audits.at(-1)?.at ?? null)\n        database.exec('COMMIT; BEGIN IMMEDIATE')\n        noteAll(change, mac)\n      }\n",
  },
  {
    name: 'a change is written after its transaction',
    file: table,
    find: '      noteAll(change, writer.update(change.redemption, change.audits.at(-1)?.at ?? null))\n',
    replace:
      '      void (\n        noteAll(change, null),\n        Promise.resolve().then(() => writer.update(change.redemption, null))\n      )\n',
  },
  {
    name: 'attempts are not counted',
    file: redemption,
    find: 'attempts: redemption.attempts + 1',
    replace: 'attempts: redemption.attempts',
  },
  {
    name: 'entries dated in the future wait until then',
    file: 'main/store/open-redemption-query.ts',
    find: '(next_attempt_at <= @now OR next_attempt_at > @beyondAsked\n          OR next_attempt_at > @beyond AND',
    replace:
      '(next_attempt_at <= @now AND next_attempt_at < @beyondAsked\n          OR next_attempt_at > @beyond AND @beyond < 0 AND',
  },
  {
    name: 'a held entry is erased',
    file: 'main/store/erasure.ts',
    find: '        AND (held_until IS NULL OR released_at IS NOT NULL) AS isDue\n',
    replace: '        AND rowid > 0 AS isDue\n',
  },
  {
    name: 'numbers are made from the current second only',
    file: request,
    find: 'return `${tillId}-${time}-${tail}`',
    replace: 'return `${tillId}-${time}-${tail.slice(0, 0)}`',
  },
  {
    name: 'settling a row settles the rows of later numbers too',
    file: 'main/store/redemption-statements.ts',
    find: '  WHERE use_request_no = ?`',
    replace: '  WHERE use_request_no >= ?`',
  },
  {
    name: 'an attempt interrupted by the end of the process is forgotten',
    file: redemption,
    find: 'redemption.uncertain || redemption.inFlight',
    replace: 'redemption.uncertain',
  },
  {
    name: 'the hold of a result that is written late does not begin',
    file: 'main/redemption/till.ts',
    find: '      onWritten: () => holds.schedule(),\n',
    replace: '      onWritten: () => undefined,\n',
  },
  {
    name: 'a hold is ended over a result that is not written yet',
    file: 'main/redemption/holds.ts',
    find: "    if (wasGiven(latest) || (latest.state !== 'pending' && latest.state !== 'redeemed')) return\n",
    replace: '    if (wasGiven(latest)) return\n',
  },
  {
    name: 'an index that does not fit its rows is not noticed',
    file: 'main/store/index-check.ts',
    find: '      if (inTable[column] !== sum) throw damaged(name)\n',
    replace: '',
  },
  {
    name: "only the number of an index's entries is compared",
    file: 'main/store/index-check.ts',
    find: "const summed = ['count(*)', ...['rowid', ...columns.split(',')].map((each) => `total(${each})`)]",
    replace: "const summed = ['count(*)', ...[columns].filter(() => false)]",
  },
]
