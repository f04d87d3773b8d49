import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  digestOf,
  type EnvelopeHead,
  type EnvelopeReader,
  messageToSign,
  unwrapHandOver,
  wrapHandOver,
} from '../../../main/outside/hand-over-envelope.ts'
import { encodePublicKey } from '../../../main/credentials/merchant-certificate.ts'

const pem = { type: 'pkcs8', format: 'pem' } as const
const [merchant, stranger] = [0, 0].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }))
if (!merchant || !stranger) throw new Error('no keys')
const sealed = Buffer.from('HXTILL2\nand what is sealed')
const publicKey = encodePublicKey(merchant.publicKey)
const head: EnvelopeHead = {
  mode: 'live',
  merchantId: '1900000109',
  appid: 'wxd678efh567hg6787',
  tillId: 'T1',
  serial: '4F00',
  publicKey,
}
const trusted = [digestOf(Buffer.from(publicKey, 'base64'))]
const reader: EnvelopeReader = { ...head, trusted, own: [] }

function signed(change: Partial<EnvelopeHead> = {}, by = merchant, content = sealed): Uint8Array {
  const of = { ...head, ...change }
  const key = createPrivateKey(by?.privateKey.export(pem) ?? '')
  return wrapHandOver(
    of,
    content,
    sign('sha256', messageToSign(of, content), key).toString('base64'),
  )
}

/** Signed for one file and put on another. */
function moved(to: Partial<EnvelopeHead>, content = sealed): Uint8Array {
  const key = createPrivateKey(merchant?.privateKey.export(pem) ?? '')
  const signature = sign('sha256', messageToSign(head, sealed), key).toString('base64')
  return wrapHandOver({ ...head, ...to }, content, signature)
}

const file = signed()

function readAs(change: Partial<EnvelopeReader>, bytes = file): string {
  const read = unwrapHandOver(bytes, { ...reader, ...change })
  return read.ok ? Buffer.from(read.value).toString() : read.error.code
}

test('what the merchant key signed is what comes out', () => {
  expect(readAs({})).toBe(sealed.toString())
  expect(readAs({ trusted: ['00', ...trusted] })).toBe(sealed.toString())
})

test('what is signed can be told from every request to WeChat Pay, and is short', () => {
  const lines = Buffer.from(messageToSign(head, sealed)).toString().split('\n')
  expect(lines.slice(0, 3)).toEqual(['HXTILL3 hand-over live', head.merchantId, head.appid])
  expect(lines.slice(4)).toEqual([digestOf(sealed), ''])
})

const strangersKey = encodePublicKey(createPublicKey(stranger.privateKey.export(pem).toString()))

test.each<[string, string, Uint8Array]>([
  ['without a signature', 'unsigned', sealed],
  ['of the first version', 'unsigned', Buffer.from('HXTILL1\nold')],
  [
    'of a stranger with a key of theirs',
    'other-certificate',
    signed({ publicKey: strangersKey }, stranger),
  ],
  ['of a stranger with the merchant’s public key', 'signature-wrong', signed({}, stranger)],
  ['with a key that is none', 'other-certificate', signed({ publicKey: 'AAAA' })],
  ['of another merchant', 'other-merchant', signed({ merchantId: '1900000108' })],
  ['under another appid', 'other-merchant', signed({ appid: 'wx9999999999999999' })],
  ['from practice', 'from-training', signed({ mode: 'training' })],
  ['whose content is another’s', 'signature-wrong', moved({}, Buffer.from('HXTILL2\nmore'))],
  ['whose head was changed', 'signature-wrong', moved({ tillId: 'T9' })],
  ['of a later version', 'newer-version', Buffer.from('HXTILL4\nmore')],
  ['that is cut in its head', 'no-hand-over', file.slice(0, 40)],
  ['that is cut before its head', 'no-hand-over', file.slice(0, 10)],
  ['that is cut in its signature', 'no-hand-over', file.slice(0, -sealed.length - 1)],
  [
    'that says its head has four gigabytes',
    'no-hand-over',
    Buffer.concat([file.slice(0, 8), Buffer.alloc(4, 0xff), file.slice(12)]),
  ],
  ['that is something else', 'no-hand-over', Buffer.from('PK\u0003\u0004')],
  ['that is empty', 'no-hand-over', new Uint8Array()],
])('a file %s is refused: %s', (_, fault, bytes) => {
  expect(readAs({}, bytes)).toBe(fault)
})

test('whatever bit is changed, it is refused', () => {
  for (let at = 0; at < file.length; at += 1) {
    const changed = Uint8Array.from(file)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unwrapHandOver(changed, reader)).toMatchObject({ ok: false })
  }
})

describe('the till that reads it', () => {
  test('in practice takes none of a live till, and of practice any', () => {
    const practising = { mode: 'training', trusted: null } as const
    expect(readAs(practising)).toBe('from-live')
    const practice = signed({ mode: 'training', publicKey: strangersKey }, stranger)
    expect(readAs(practising, practice)).toBe(sealed.toString())
    // Also there the signature has to fit.
    expect(readAs(practising, signed({ mode: 'training', publicKey: strangersKey }))).toBe(
      'signature-wrong',
    )
    expect(readAs({ ...practising, mode: 'live' }, practice)).toBe('from-training')
  })

  test('takes back what it exported itself, whatever is around it', () => {
    const own = [digestOf(sealed)]
    for (const bytes of [sealed, signed({ merchantId: '1' }), signed({}, stranger)])
      expect(readAs({ own }, bytes)).toBe(sealed.toString())
    expect(readAs({ own }, Buffer.from('HXTILL2\nanother'))).toBe('unsigned')
  })
})
