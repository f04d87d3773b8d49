import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEntries, textOfEntries } from '../../../main/store/hand-over-entry.ts'

/** As programs that wrote these versions left them: files of either may lie on a stick for years. */
function fileOf(version: 1 | 2): string {
  return readFileSync(
    path.join(import.meta.dirname, `hand-over-files/version-${version}.json`),
    'utf8',
  )
}

function read(version: 1 | 2) {
  const entries = readEntries(fileOf(version), version)
  if (!entries.ok) throw new Error(entries.error.code)
  return entries.value
}

test('a file of version 2 is read, and written again with the same keys', () => {
  const entries = read(2)
  expect(entries).toMatchObject([
    {
      useRequestNo: 'T01-20260105100001-7K2M9QX1',
      couponCode: '1201059453000011082761',
      state: 'pending',
      cashier: '小王',
      totalFen: 9000,
      attempts: 3,
      undecidedAttempts: 2,
      waitedMs: 4000,
      inFlight: true,
      uncertain: true,
      heldUntil: 1_767_579_000_000,
      couponReturn: null,
      handOvers: 1,
    },
    {
      state: 'returning',
      source: 'typed',
      openid: 'o-1',
      stockId: '1200000000000101',
      released: { at: 1_767_578_402_000, how: 'hold-ended' },
      couponReturn: {
        returnRequestNo: 'T01-20260105100002-RETURN02',
        reason: 'service-error',
        refusedAt: 1_767_578_403_000,
      },
    },
    {
      state: 'review',
      honoured: true,
      honouredValueFen: 1000,
      given: { at: 1_767_578_404_000, by: '小王', fen: 1000 },
      handOvers: 2,
    },
  ])
  const [first, second] = entries
  expect(new TextDecoder().decode(first?.body)).toContain('"use_time":"2026-01-05T10:00:00+08:00"')
  expect(new TextDecoder().decode(second?.couponReturn?.body)).toContain(
    'T01-20260105100002-RETURN02',
  )
  expect(JSON.parse(textOfEntries(entries))).toEqual(JSON.parse(fileOf(2)))
})

test('a file of version 1 is read, with what it does not tell', () => {
  const [waiting, returning, honoured] = read(1)
  const [, laterReturning, laterHonoured] = read(2)
  expect(waiting).toMatchObject({ heldUntil: null, orderNo: null, given: null, handOvers: 1 })
  expect(returning).toEqual({ ...laterReturning, released: null })
  // What was honoured was told to be given, before that was written down apart.
  const { recordedAt: at = 0, cashier: by = '' } = honoured ?? {}
  expect(honoured).toEqual({ ...laterHonoured, given: { at, by, fen: 1000 }, handOvers: 1 })
})
