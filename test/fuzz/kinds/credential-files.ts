import { strict as assert } from 'node:assert'
import { createPublicKey, sign, verify } from 'node:crypto'
import * as fc from 'fast-check'
import { readMerchantPair } from '../../../main/credentials/merchant-pair.ts'
import { checkPublicKey } from '../../../main/credentials/verification-keys.ts'
import { p12Of } from '../../support/hostile-files.ts'
import { createMerchantMaterial, merchantId, zipOf } from '../../support/merchant-material.ts'
import { editedBytes, editedText } from '../edited-bytes.ts'
import type { FuzzKind } from '../kind.ts'

const message = Buffer.from('what the merchant signs')

/** Edited certificates, keys, archives and p12 files: refused with a code, or a pair that signs. */
export const credentialFiles: FuzzKind = {
  name: 'credential-files',
  counts: { short: 300, long: 20_000 },
  async open() {
    const known = await createMerchantMaterial()
    const { certificate, key, keyPem } = known
    const publicPem = createPublicKey(keyPem).export({ type: 'spki', format: 'pem' }).toString()
    const archive = zipOf([certificate, key])
    const p12 = p12Of(known, 20)
    const sets = fc.oneof(
      editedBytes(certificate.bytes).map((bytes) => [{ ...certificate, bytes }, key]),
      editedBytes(key.bytes).map((bytes) => [certificate, { ...key, bytes }]),
      editedBytes(archive.bytes).map((bytes) => [{ ...archive, bytes }]),
      editedBytes(p12.bytes).map((bytes) => [{ ...p12, bytes }]),
    )
    let read = 0
    return {
      property: (play) =>
        fc.asyncProperty(sets, editedText(publicPem), (files, pem) =>
          play(() => {
            const pair = readMerchantPair(files, merchantId)
            checkPublicKey({ id: 'PUB_KEY_ID_01', pem })
            if (!pair.ok) return assert.match(pair.error.code, /^[a-z0-9-]+$/)
            read += 1
            // Damage to a number that OpenSSL can do without is none, as long as the key signs.
            const signature = sign('sha256', message, pair.value.privateKey)
            assert.ok(verify('sha256', message, createPublicKey(keyPem), signature))
          }),
        ),
      close: async () => `${read} still whole`,
    }
  },
}
