import { strict as assert } from 'node:assert'
import { createPublicKey, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { encodePublicKey } from '../../../main/credentials/merchant-certificate.ts'
import {
  digestOf,
  type EnvelopeHead,
  type EnvelopeReader,
  messageToSign,
  unwrapHandOver,
  wrapHandOver,
} from '../../../main/outside/hand-over-envelope.ts'
import { openHandOver, sealHandOver } from '../../../main/store/hand-over.ts'
import { readEntries, textOfEntries } from '../../../main/store/hand-over-entry.ts'
import { createMerchantMaterial, merchantId } from '../../support/merchant-material.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'
import { editedBytes, editedText } from '../edited-bytes.ts'
import type { FuzzKind } from '../kind.ts'

const password = 'correct horse battery'
/** The least that a file may ask for: what is tried here is the form, not the cost of a password. */
const cost = 10

/** Edited hand-over files: nothing comes out of one that was changed, and nothing but open redemptions out of any. */
export const handOverFiles: FuzzKind = {
  name: 'hand-over-files',
  counts: { short: 400, long: 50_000 },
  async open() {
    const { keyPem } = await createMerchantMaterial()
    const publicKey = encodePublicKey(createPublicKey(keyPem))
    const head: EnvelopeHead = {
      mode: 'live',
      merchantId,
      appid: 'wx0',
      tillId: 'T1',
      serial: '4F00',
      publicKey,
    }
    const trusted = [digestOf(Buffer.from(publicKey, 'base64'))]
    const reader: EnvelopeReader = { ...head, trusted, own: [] }
    const entries = [1, 2].map((number) => pendingRedemption(number, { handOvers: 1 }))
    const sealed = sealHandOver(entries, password, cost)
    const signature = sign('sha256', messageToSign(head, sealed), keyPem).toString('base64')
    const good = Buffer.from(wrapHandOver(head, sealed, signature))
    assert.ok(unwrapHandOver(good, reader).ok)
    let read = 0
    const whole = fc.record({ file: editedBytes(good), inner: editedBytes(sealed) })
    return {
      property: (play) =>
        fc.asyncProperty(whole, editedText(textOfEntries(entries)), ({ file, inner }, text) =>
          play(() => {
            if (!file.equals(good)) assert.ok(!unwrapHandOver(file, reader).ok)
            if (!inner.equals(sealed)) assert.ok(!openHandOver(inner, password).ok)
            const found = readEntries(text, 2)
            if (!found.ok) return
            read += 1
            for (const { state, couponCode, body } of found.value) {
              assert.match(state, /^(pending|returning|review)$/)
              assert.ok(Buffer.from(body).includes(couponCode))
            }
          }),
        ),
      close: async () => `${read} lists still readable`,
    }
  },
}
