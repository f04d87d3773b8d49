import { beforeEach, describe, expect, test } from 'vitest'
import type { RecoveryForm } from '../../../main/contract/staff.ts'
import { makeRecoveryCode, readRecoveryCode } from '../../../main/shop/recovery-code.ts'
import { createRecovery, type Recovery } from '../../../main/shop/recovery.ts'
import { createRoster, type Roster } from '../../../main/shop/roster.ts'
import { createSession, type Session } from '../../../main/shop/session.ts'
import { plainPins as pins, recoveryInMemory, staffInMemory } from '../../support/shop-fixture.ts'

const owner = { id: 's1', name: '王芳', role: 'owner' } as const
const cashier = { id: 's2', name: '小陈', role: 'cashier' } as const

const elapsed = (): number => 0

let keeper: ReturnType<typeof recoveryInMemory>
let store: ReturnType<typeof staffInMemory>
let roster: Roster
let recovery: Recovery
let session: Session

function open(): void {
  let ids = store.read().records.length
  roster = createRoster({ store, pins, elapsed, newId: () => `s${(ids += 1)}` })
  recovery = createRecovery({ roster, pins, keeper })
  session = createSession({
    roster,
    recovery,
    practice: null,
    elapsed,
    scheduler: { after: () => () => undefined },
    lockAfterMs: () => null,
    onChanged: () => undefined,
    record: () => undefined,
  })
}

beforeEach(async () => {
  keeper = recoveryInMemory()
  store = staffInMemory()
  open()
  await roster.save({ id: null, name: owner.name, role: owner.role, pin: '2580' })
  await roster.save({ id: null, name: cashier.name, role: cashier.role, pin: '8246' })
})

async function writtenDown(): Promise<string> {
  const offered = recovery.offer(owner)
  if (!offered.ok) throw new Error(offered.error.code)
  expect(await recovery.confirm(owner)).toEqual({ ok: true, value: null })
  return offered.value
}

function form(code: string, change: Partial<RecoveryForm> = {}): RecoveryForm {
  return { id: 's1', name: null, code, pin: '3691', ...change }
}

describe('a code', () => {
  test('has 16 characters that are not taken for one another, in groups of 4, and differs each time', () => {
    const codes = Array.from({ length: 200 }, makeRecoveryCode)
    for (const code of codes)
      expect(code).toMatch(/^[2-9A-HJKMNP-TW-Z]{4}(-[2-9A-HJKMNP-TW-Z]{4}){3}$/)
    expect(new Set(codes).size).toBe(200)
  })

  test('is read however it was typed', () => {
    const code = makeRecoveryCode()
    const bare = code.replaceAll('-', '')
    for (const typed of [code, bare, ` ${bare.toLowerCase()} `, bare.split('').join(' ')])
      expect(readRecoveryCode(typed)).toBe(bare)
    expect(readRecoveryCode('')).toBeNull()
    expect(readRecoveryCode(`${bare}2`)).toBeNull()
    expect(readRecoveryCode(bare.replace(/.$/, '0'))).toBeNull()
  })
})

describe('the owner', () => {
  test('is due a code until they have written one down; nobody else is', async () => {
    expect(recovery.isDue(owner)).toBe(true)
    expect(recovery.isDue(cashier)).toBe(false)
    expect(recovery.isDue(null)).toBe(false)
    const offered = recovery.offer(owner)
    expect(recovery.isDue(owner)).toBe(true)
    await recovery.confirm(owner)
    expect(recovery.isDue(owner)).toBe(false)
    expect(keeper.hash()).not.toContain(offered.ok ? offered.value : '')
  })

  test('alone is offered a code, signed in themselves', async () => {
    expect(recovery.offer(cashier)).toEqual({ ok: false, error: { code: 'not-offered' } })
    expect(recovery.offer(null)).toEqual({ ok: false, error: { code: 'not-offered' } })
    recovery.offer(owner)
    expect(await recovery.confirm(cashier)).toEqual({ ok: false, error: { code: 'not-offered' } })
    expect(keeper.hash()).toBeNull()
  })

  test('keeps the code on paper until a new one is written down', async () => {
    const paper = await writtenDown()
    recovery.offer(owner)
    expect((await recovery.use(form(paper))).ok).toBe(true)
  })

  test('is told when the keychain did not keep the code', async () => {
    recovery.offer(owner)
    keeper.fails = true
    expect(await recovery.confirm(owner)).toEqual({ ok: false, error: { code: 'not-kept' } })
    expect(recovery.isDue(owner)).toBe(true)
  })
})

describe('on the code', () => {
  test('an owner who is locked out sets a new PIN and is signed in, once', async () => {
    const code = await writtenDown()
    for (let time = 0; time < 21; time += 1) await session.signIn('s1', '9999')
    expect(await session.signIn('s1', '2580')).toMatchObject({ error: { code: 'locked-out' } })
    expect(await session.recover(form(code))).toEqual({ ok: true, value: owner })
    expect(session.view().person).toEqual(owner)
    expect((await session.signIn('s1', '2580')).ok).toBe(false)
    expect((await session.signIn('s1', '3691')).ok).toBe(true)
    expect(await session.recover(form(code))).toEqual({ ok: false, error: { code: 'wrong-code' } })
    expect(recovery.isDue(owner)).toBe(true)
  })

  test('nobody comes in with another code, none at all, or where none is kept', async () => {
    for (const code of ['', makeRecoveryCode()])
      expect(await session.recover(form(code))).toEqual({
        ok: false,
        error: { code: 'wrong-code' },
      })
    await writtenDown()
    for (const code of ['', makeRecoveryCode()])
      expect(await session.recover(form(code))).toEqual({
        ok: false,
        error: { code: 'wrong-code' },
      })
    expect(session.view().person).toBeNull()
  })

  test('a cashier becomes no owner, and nobody is added beside an owner', async () => {
    const code = await writtenDown()
    expect(await session.recover(form(code, { id: 's2' }))).toEqual({
      ok: false,
      error: { code: 'not-found' },
    })
    const added = form(code, { id: null, name: '小张' })
    expect(await session.recover(added)).toEqual({ ok: false, error: { code: 'not-found' } })
  })

  test('an easy PIN is refused, and the code stays good', async () => {
    const code = await writtenDown()
    expect(await session.recover(form(code, { pin: '1234' }))).toEqual({
      ok: false,
      error: { code: 'pin-too-easy' },
    })
    expect((await session.recover(form(code))).ok).toBe(true)
  })

  test('where no record can be read, an owner is added', async () => {
    const code = await writtenDown()
    store = staffInMemory(2)
    open()
    expect(session.view()).toMatchObject({ required: true, staff: [], unreadable: 2 })
    expect(session.admit({ channel: 'x', inputDigest: '', needs: ['redeem'] }).ok).toBe(false)
    const added = form(code, { id: null, name: '王芳' })
    expect(await session.recover(added)).toMatchObject({ value: { role: 'owner' } })
  })
})

test('a till without staff keeps no code for the next owner', async () => {
  await writtenDown()
  await recovery.forget()
  expect(recovery.exists()).toBe(false)
})
