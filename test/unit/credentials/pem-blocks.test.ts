import { expect, test } from 'vitest'
import { pemBlocks } from '../../../main/credentials/pem-blocks.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'

function block(label: string, inside = 'AAAA\n'): string {
  return `-----BEGIN ${label}-----\n${inside}-----END ${label}-----`
}

test('blocks are found among other text, each with its own end', () => {
  const text = `Bag Attributes\n${block('CERTIFICATE')}\r\n\n${block('RSA PRIVATE KEY')}`
  expect(pemBlocks(text, 5)).toEqual([
    { label: 'CERTIFICATE', text: block('CERTIFICATE') },
    { label: 'RSA PRIVATE KEY', text: block('RSA PRIVATE KEY') },
  ])
  expect(pemBlocks(text, 1)).toBeNull()
})

test('a beginning without its own end is none, and hides none behind it', () => {
  const whole = { label: 'CERTIFICATE', text: block('CERTIFICATE') }
  for (const broken of [
    '-----BEGIN X-----\n',
    '-----BEGIN X-----\n-----END Y-----\n',
    '-----BEGIN ',
  ])
    expect(pemBlocks(broken + block('CERTIFICATE'), 5)).toEqual([whole])
  expect(pemBlocks(block('CERTIFICATE').slice(0, -1), 5)).toEqual([])
})

// A pattern that looks for the end from each beginning takes 13 seconds for one megabyte.
test.each<[string, (at: number) => string]>([
  ['of one kind', () => '-----BEGIN PRIVATE KEY-----\n'],
  ['of many kinds', (at) => `-----BEGIN ${at}-----\n`],
  ['that are not closed', () => '-----BEGIN '],
  ['with other ends', (at) => `-----BEGIN ${at}-----\n-----END X-----`],
])('a hundred thousand beginnings %s are looked at once', (_, line) => {
  const text = Array.from({ length: 100_000 }, (_line, at) => line(at)).join('')
  expect(cpuTimeOf(() => expect(pemBlocks(text, 5)).toEqual([]))).toBeLessThan(1000)
})
