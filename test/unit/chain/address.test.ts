import { expect, test } from 'vitest'
import { addressText, readAddress } from '../../../main/chain/address.ts'
import { createPairingCode, readPairingCode } from '../../../main/chain/pairing/code.ts'
import { ChainProfile } from '../../../main/chain/profile.ts'

test.each([
  ['192.168.1.20', '192.168.1.20:7640'],
  [' 192.168.1.20:9000 ', '192.168.1.20:9000'],
  ['１９２．１６８．１．２０：９０００', '192.168.1.20:9000'],
  ['shop-pc', 'shop-pc:7640'],
  ['[fe80::1]:9000', '[fe80::1]:9000'],
])('%s is an address', (typed, text) => {
  const address = readAddress(typed)
  expect(address && addressText(address)).toBe(text)
  expect(ChainProfile.shape.address.safeParse(text).success).toBe(true)
})

test.each([
  '',
  ' ',
  'a b',
  'http://x',
  '1.2.3.4:',
  '1.2.3.4:0',
  '1.2.3.4:70000',
  'x:y:z',
  '收银台',
])('%o is none', (typed) => expect(readAddress(typed)).toBeNull())

test('a code is read however it is typed, and nothing else is one', () => {
  const code = createPairingCode()
  const typed = ` ${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`
  expect(readPairingCode(typed)).toBe(code)
  for (const other of ['', code.slice(1), `${code}2`, `${code.slice(1)}0`, '１'])
    expect(readPairingCode(other)).toBeNull()
  expect(new Set(Array.from({ length: 100 }, createPairingCode)).size).toBe(100)
})
