import { expect, type Page } from '@playwright/test'
import type { StaffForm } from '../../main/contract/staff.ts'

type Member = Pick<StaffForm, 'name' | 'role'> & { readonly pin: string }

/** Adds staff, the owner first, who writes down the recovery code. Leaves the till locked. */
export async function hire(page: Page, staff: readonly Member[]): Promise<void> {
  const [owner] = staff
  for (const [at, member] of staff.entries()) {
    const saved = await page.evaluate((form) => window.till.staff.save(form), {
      id: null,
      ...member,
    })
    expect(saved).toMatchObject({ ok: true, value: { ok: true } })
    if (at > 0 || !owner) continue
    await signIn(page, owner.name, owner.pin)
    const written = await page.evaluate(async () => [
      await window.till.recovery.offer({}),
      await window.till.recovery.confirm({}),
    ])
    expect(written[1]).toMatchObject({ ok: true, value: { ok: true } })
  }
  await page.evaluate(() => window.till.session.signOut({}))
  await page.getByTestId('lock').waitFor()
}

/** Honours the coupon recorded last, with somebody's approval where one is named. */
export async function honourLast(page: Page, approver: Member | null = null): Promise<void> {
  const honoured = await page.evaluate(async (by) => {
    const snapshot = await window.till.app.snapshot({})
    if (!snapshot.ok) throw new Error(snapshot.error.code)
    const { recent, session } = snapshot.value
    const input = { useRequestNo: recent[0]?.useRequestNo ?? '', why: '老顾客' }
    const id = session.staff.find(({ name }) => name === by?.name)?.id
    if (by !== null && id !== undefined)
      await window.till.session.approve({ id, pin: by.pin, request: 'redemption.honour', input })
    return window.till.redemption.honour(input)
  }, approver)
  expect(honoured).toMatchObject({ ok: true, value: { ok: true } })
}

/** Signs somebody in; whoever was signed in before is signed out. */
export async function signIn(page: Page, name: string, pin: string): Promise<void> {
  await page.evaluate(() => window.till.session.signOut({}))
  const snapshot = await page.evaluate(() => window.till.app.snapshot({}))
  const id = snapshot.ok && snapshot.value.session.staff.find((each) => each.name === name)?.id
  if (!id) throw new Error(`no member of staff is called ${name}`)
  const signed = await page.evaluate((form) => window.till.session.signIn(form), { id, pin })
  expect(signed).toMatchObject({ ok: true, value: { ok: true } })
  await expect(page.getByTestId('person')).toContainText(name)
}
