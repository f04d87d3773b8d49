import { expect, test } from 'vitest'
import { openShop, type Shop } from '../../../main/shop/shop.ts'
import {
  nothingCounted,
  recoveryInMemory,
  shiftsInMemory,
  staffInMemory,
} from '../../support/shop-fixture.ts'

function open(recovery: ReturnType<typeof recoveryInMemory>): Shop {
  return openShop({
    staff: staffInMemory(),
    shifts: shiftsInMemory(),
    settings: { read: () => null, write: () => undefined },
    recovery,
    practice: null,
    clock: () => 0,
    elapsed: () => 0,
    scheduler: { after: () => () => undefined },
    unsettled: () => ({ count: 0, fen: 0, unknown: 0 }),
    shiftFigures: () => nothingCounted,
    record: () => undefined,
    onShiftClosing: () => undefined,
  })
}

test('a recovery code is of the staff that it was made for: one of before lets nobody in', async () => {
  const keeper = recoveryInMemory()
  await keeper.keep('the hash of another owner')
  const shop = open(keeper)
  const form = { id: null, name: '王芳', role: 'owner', pin: '2580' } as const
  expect((await shop.staff.save({ ...form, pin: '1234' })).ok).toBe(false)
  expect(keeper.hash()).toBe('the hash of another owner')
  const saved = await shop.staff.save(form)
  expect(keeper.hash()).toBeNull()
  const owner = saved.ok ? saved.value : null
  shop.recovery.offer(owner)
  expect((await shop.recovery.confirm(owner)).ok).toBe(true)
  await shop.staff.save({ ...form, name: '李强' })
  expect(keeper.hash()).not.toBeNull()
  const second = shop.session.view().staff.find(({ name }) => name === '李强')
  await shop.staff.remove(second?.id ?? '')
  expect(keeper.hash()).not.toBeNull()
  await shop.staff.remove(owner?.id ?? '')
  expect(keeper.hash()).toBeNull()
})
