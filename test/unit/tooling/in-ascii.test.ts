import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { inAscii } from '../../../build/shipped/in-ascii.ts'

test('a script in ASCII says the same', () => {
  const script = String.raw`const 名 = '核销\\é\n'; [名, ${'`券${名}😀`'}, /^[一-龥]+$/u.test('优惠券'), /😀{2}/u.test('😀😀')]`
  const ascii = inAscii(script)
  expect(ascii).toMatch(/^[\0-\u007F]*$/)
  expect(
    runInNewContext(`JSON.stringify((() => { ${ascii.replace('; [', '; return [')} })())`),
  ).toBe(JSON.stringify(['核销\\é\n', '券核销\\é\n😀', true, true]))
})

test('where an escape would be another text it is refused', () => {
  expect(() => inAscii(String.raw`'\券'`)).toThrow('an escaped character beyond ASCII')
  expect(() => inAscii('String.raw`券`')).toThrow('a raw text beyond ASCII')
})
