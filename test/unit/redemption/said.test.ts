import { describe, expect, test } from 'vitest'
import type { AuditEntry } from '../../../main/redemption/audit-entry.ts'
import { noEvidence } from '../../../main/redemption/judge-error.ts'
import { masked, withoutSecrets } from '../../../main/redemption/said.ts'

const couponCode = '1201059453000011082766'
const openid = 'o01G1wO3abcDEFghijk'
const useRequestNo = 'T01-20261123104512-7K2M9QXA'
const request = JSON.stringify({
  appid: 'wx1234567890abcdef',
  coupon_code: couponCode,
  stock_id: '12820700',
  use_request_no: useRequestNo,
  use_time: '2026-11-23T10:45:12.000+08:00',
})
const known = {
  couponCode,
  openid: openid as string | null,
  body: new TextEncoder().encode(request),
  couponReturn: null,
}

function shown(detail: unknown, change: Partial<typeof known> = {}): string {
  const text = typeof detail === 'string' ? detail : JSON.stringify(detail)
  return withoutSecrets({ message: text, detail: text }, { ...known, ...change }).detail ?? ''
}

/** What is written of a message and a detail. */
function written(message: string, detail: string | null = null): string {
  const evidence = { ...noEvidence, apiCode: 'PARAM_ERROR', apiMessage: message, apiDetail: detail }
  return JSON.stringify(masked({ at: 1, event: 'refused', evidence }, known).evidence)
}

function bare(text: string): string {
  return text.replaceAll(/[^0-9a-z]/gi, '').toLowerCase()
}

/** Whether somebody could put the secret together again from a text, whatever is between its characters. */
function reveals(text: string, secret: string): boolean {
  return bare(decodeAll(text)).includes(bare(secret).slice(0, 8))
}

function decodeAll(text: string): string {
  return text
    .replaceAll(/%25/g, '%')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/\\+u([0-9a-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .normalize('NFKC')
}

const each = (secret: string, write: (char: string) => string): string =>
  Array.from(secret, write).join('')
const hex = (char: string, digits: number): string =>
  (char.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')

const spellings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in capitals': (secret) => secret.toUpperCase(),
  'percent-escaped': (secret) => each(secret, (char) => `%${hex(char, 2)}`),
  'percent-escaped twice': (secret) => each(secret, (char) => `%25${hex(char, 2)}`),
  'percent-escaped in part': (secret) =>
    each(secret, (char) => (char < '5' ? `%${hex(char, 2)}` : char)),
  'in JSON escapes': (secret) => each(secret, (char) => `\\u${hex(char, 4)}`),
  'in JSON escapes within JSON': (secret) => each(secret, (char) => `\\\\u${hex(char, 4)}`),
  'in entities': (secret) => each(secret, (char) => `&#${char.codePointAt(0) ?? 0};`),
  'in groups': (secret) => secret.replaceAll(/.{4}/g, '$& '),
  'with dashes': (secret) => secret.replaceAll(/.{3}/g, '$&-'),
  'over two lines': (secret) => `${secret.slice(0, 9)}\n${secret.slice(9)}`,
  'with invisible signs': (secret) => each(secret, (char) => `${char}\u200b`),
  'in full width': (secret) =>
    each(secret, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)),
  'its beginning': (secret) => secret.slice(0, 12),
  'its middle': (secret) => secret.slice(4, 14),
}

describe.each(Object.entries(spellings))('spelt %s', (_, spell) => {
  test.each([couponCode, openid])('%s is in nothing that is written', (secret) => {
    const spelt = spell(secret)
    for (const text of [`参数 ${spelt} 不合法`, spelt, `x=${spelt}&y`, `"${spelt}"`]) {
      expect(reveals(written(text), secret)).toBe(false)
      expect(reveals(written('', JSON.stringify({ issue: text })), secret)).toBe(false)
    }
  })
})

test.each([
  { field: '/coupon_code', value: couponCode, issue: 'too long', location: 'body' },
  { field: 'openid', value: openid, issue: 'unknown' },
  { detail: { issue: `GET /v3/marketing/busifavor/users/${openid}/coupons/${couponCode}` } },
])('neither the code nor its owner is left in %j', (detail) => {
  expect(shown(detail)).not.toContain(couponCode)
  expect(shown(detail)).not.toContain(openid)
})

test('what helps support is kept: the field, the issue, other values, numbers and the end of the code', () => {
  const issue = `of ${couponCode} under ${useRequestNo} of 12820700`
  const detail = { field: '/stock_id', value: '12820700', issue }
  expect(JSON.parse(shown(detail))).toEqual({
    field: '/stock_id',
    value: '12820700',
    issue: `of …2766 under ${useRequestNo} of 12820700`,
  })
  const message =
    '输入源“/body/stock_id”映射到值字段“批次号”字符串规则校验失败，字符数 0，小于最小值 1'
  expect(JSON.parse(written(message))).toMatchObject({ apiMessage: message })
})

test('a request that is quoted, or a part of it, is not written', () => {
  for (const quote of [request, request.slice(20), JSON.stringify(request)]) {
    const kept = written(`不合法：${quote}`)
    expect(kept).not.toMatch(/wx1234567890abcdef|12820700|1201059453|2026-11-23/)
    expect(kept).toContain('不合法')
  }
})

test('a code that another till had, beside its name, is not written', () => {
  const other = '990011223344'
  const text = `{\\"coupon_code\\":\\"${other}\\",\\"openid\\":\\"oOther\\"} coupon_code=${other}`
  expect(written(text)).not.toMatch(/990011223344|oOther/)
})

test('a secret that is cut off by the end of the text leaves nothing of use', () => {
  expect(written(`参数 ${couponCode.slice(0, 7)}`)).not.toContain(couponCode.slice(0, 7))
})

test('what is written has an end', () => {
  const long = '错'.repeat(100_000)
  const evidence = {
    ...noEvidence,
    apiCode: long,
    apiMessage: long,
    apiDetail: long,
    requestId: long,
  }
  const entry: AuditEntry = { at: 1, event: 'refused', evidence }
  expect(JSON.stringify(masked(entry, known)).length).toBeLessThan(3000)
})

test('a code with special characters is hidden in every form', () => {
  const code = 'AB/C=1|2 3\\4-_'
  for (const text of [code, encodeURIComponent(code), JSON.stringify({ code })])
    expect(shown(text, { couponCode: code, openid: null })).not.toMatch(/AB\/C|AB%2FC/)
})

test('after erasure the quoted value of a code is hidden all the same', () => {
  const detail = { field: '/coupon_code', value: couponCode }
  const erased = { couponCode: '2766', openid: null, body: new Uint8Array() }
  expect(shown(detail, erased)).not.toContain(couponCode)
})

test('a code so short that it matches everywhere hides nothing', () => {
  expect(shown('A batch', { couponCode: 'A', openid: '' })).toBe('A batch')
})

test('an entry without words of WeChat Pay is written as it is', () => {
  const entry: AuditEntry = {
    at: 1,
    event: 'cancelled',
    evidence: { by: couponCode, how: 'loss', why: '' },
  }
  expect(masked(entry, known)).toBe(entry)
})
