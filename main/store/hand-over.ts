import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { RedemptionState, Resolution, ScanSource } from '../contract/snapshot.ts'
import type { HandOverError } from '../redemption/ports.ts'
import { type Redemption, releaseKinds } from '../redemption/redemption.ts'

/** First bytes of a hand-over file: what it is, and its version. */
const magic = Buffer.from('HXTILL1\n')
const saltBytes = 16
const nonceBytes = 12
const tagBytes = 16
const keyBytes = 32
/** OWASP's least for scrypt: 128 MiB, some tenths of a second for each guess. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

const Bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const Entry = z.strictObject({
  useRequestNo: z.string(),
  couponCode: z.string(),
  state: RedemptionState,
  source: ScanSource,
  cashier: z.string().nullable(),
  body: Bytes,
  attempts: z.number(),
  spent: z.number(),
  waitedMs: z.number(),
  inFlight: z.boolean(),
  uncertain: z.boolean(),
  honoured: z.boolean(),
  stakeFen: z.number().nullable(),
  totalFen: z.number().nullable(),
  given: z
    .strictObject({ at: z.number(), by: z.string().nullable(), fen: z.number().nullable() })
    .nullable(),
  orderNo: z.string().nullable(),
  heldUntil: z.number().nullable(),
  released: z.strictObject({ at: z.number(), how: z.enum(releaseKinds) }).nullable(),
  reason: z.enum(reasons).nullable(),
  recordedAt: z.number(),
  settledAt: z.number().nullable(),
  resolution: Resolution.nullable(),
  nextAttemptAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
  stockId: z.string().nullable(),
  openid: z.string().nullable(),
  giveBack: z
    .strictObject({
      returnRequestNo: z.string(),
      body: Bytes,
      reason: z.enum(reasons).nullable(),
      refusedAt: z.number().nullable(),
    })
    .nullable(),
})

/** magic, salt (16), nonce (12), ciphertext, tag (16): AES-256-GCM under a key that scrypt makes of the password. */
export function sealHandOver(entries: readonly Redemption[], password: string): Uint8Array {
  const salt = randomBytes(saltBytes)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(password, salt), nonce)
  cipher.setAAD(magic)
  const plain = JSON.stringify(entries.map(toJson))
  const sealed = [cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat([magic, salt, nonce, ...sealed]))
}

export function openHandOver(
  file: Uint8Array,
  password: string,
): Result<Redemption[], HandOverError> {
  const bytes = Buffer.from(file)
  const start = magic.length + saltBytes + nonceBytes
  if (bytes.length < start + tagBytes || !bytes.subarray(0, magic.length).equals(magic))
    return err({ code: 'no-hand-over' })
  const salt = bytes.subarray(magic.length, magic.length + saltBytes)
  const nonce = bytes.subarray(magic.length + saltBytes, start)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(password, salt), nonce)
  decipher.setAAD(magic)
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const opened = decipher.update(bytes.subarray(start, -tagBytes))
  try {
    decipher.final()
  } catch {
    // One bit changed anywhere, or another password: the two cannot be told apart.
    return err({ code: 'wrong-password' })
  }
  return ok(z.array(Entry).parse(JSON.parse(opened.toString('utf8'))))
}

function toJson({ body, giveBack, ...rest }: Redemption): unknown {
  return {
    ...rest,
    body: base64(body),
    giveBack: giveBack && { ...giveBack, body: base64(giveBack.body) },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function keyOf(password: string, salt: Uint8Array): Buffer {
  return scryptSync(password.normalize('NFKC'), salt, keyBytes, cost)
}
