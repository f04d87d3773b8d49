import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createChainSealing } from '../../../main/chain/sealing.ts'

const key = randomBytes(32)
const sealing = createChainSealing(key)
const coupon = { couponCode: '1234', stockId: null }

test('a coupon has the same name at every till of the chain, and another one in another batch or chain', () => {
  expect(createChainSealing(key).coupon(coupon)).toBe(sealing.coupon(coupon))
  expect(sealing.coupon(coupon)).toMatch(/^[0-9a-f]{32}$/)
  const others = [
    sealing.coupon({ ...coupon, stockId: 'A' }),
    sealing.coupon({ couponCode: '1234A', stockId: null }),
    createChainSealing(randomBytes(32)).coupon(coupon),
    // A number that looks like a code is no coupon.
    sealing.number('1234'),
  ]
  expect(new Set([...others, sealing.coupon(coupon)]).size).toBe(5)
})

test('what is sealed for one subject opens for that one alone, whole and unchanged', () => {
  const sealed = sealing.seal('lock.1', { tillId: 'T1' })
  expect(sealing.open('lock.1', sealed)).toEqual({ tillId: 'T1' })
  expect(sealing.open('lock.2', sealed)).toBeNull()
  expect(createChainSealing(randomBytes(32)).open('lock.1', sealed)).toBeNull()
  for (let index = 0; index < sealed.length; index += 1) {
    const edited = Uint8Array.from(sealed)
    edited[index] = (edited[index] ?? 0) ^ 1
    expect(sealing.open('lock.1', edited)).toBeNull()
    expect(sealing.open('lock.1', sealed.subarray(0, index))).toBeNull()
  }
})

test('a key of another length is refused', () => {
  expect(() => createChainSealing(randomBytes(16))).toThrow(RangeError)
})
