import { p256 } from '@noble/curves/nist.js'
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/*
 * SPAKE2 (RFC 9382) with the suite P256-SHA256-HKDF-HMAC: two sides that know the same short code agree on a long key. Whoever
 * listens learns nothing about code or key, and whoever takes part learns in one run whether one code was right, and no more.
 * The points are @noble/curves'; the rest is the RFC's text, held by its test vectors.
 */

const { Point } = p256
type CurvePoint = InstanceType<typeof Point>

/** RFC 9382, section 6. Nobody knows their discrete logarithms. */
const M = Point.fromHex('02886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f')
const N = Point.fromHex('03d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b49')
const order = Point.Fn.ORDER
const halfBytes = 16
const scalarBytes = 32

/** Side A speaks first. */
export type Side = 'A' | 'B'

export interface Spake2Parts {
  readonly side: Side
  /** From the code, as `scalarOf` returns it. */
  readonly w: bigint
  /** What the sides call themselves. */
  readonly idA: string
  readonly idB: string
  /** What both sides take for granted beside that, e.g. the version. */
  readonly context: string
  /** For the RFC's vectors alone: the number of this run. */
  readonly secret?: bigint
}

export interface Spake2Keys {
  /** 16 bytes that both sides have, if `confirms` says so of the other's word. */
  readonly shared: Uint8Array
  /** What this side shows to prove that it knew the code. */
  readonly confirmation: Uint8Array
  /** Whether the other side has proved it. */
  confirms(word: Uint8Array): boolean
}

export interface Spake2 {
  /** To be sent to the other side: 65 bytes. */
  readonly share: Uint8Array
  /** Returns `null` where the other's share is no point of the curve. */
  finish(share: Uint8Array): Spake2Keys | null
}

/** Begins one run. Each run may be finished once. */
export function beginSpake2(parts: Spake2Parts): Spake2 {
  const { side, w } = parts
  const secret = parts.secret ?? randomScalar()
  const [own, others] = side === 'A' ? [M, N] : [N, M]
  const share = own.multiply(w).add(Point.BASE.multiply(secret)).toBytes(false)

  return {
    share,
    finish(received) {
      const point = readPoint(received)
      if (point === null) return null
      const key = point.subtract(others.multiply(w)).multiply(secret)
      // The cofactor is 1, so that this comes only of a share that was made for it.
      if (key.equals(Point.ZERO)) return null
      const [shareA, shareB] = side === 'A' ? [share, received] : [received, share]
      return keysOf(parts, transcriptOf(parts, shareA, shareB, key.toBytes(false)))
    },
  }
}

/** Returns the scalar of a code, whose bytes come from a function that is slow to compute: at least 40 of them. */
export function scalarOf(bytes: Uint8Array): bigint {
  const scalar = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % order
  // Never in practice; the curve's library refuses it.
  return scalar === 0n ? 1n : scalar
}

function keysOf({ side, context }: Spake2Parts, transcript: Uint8Array): Spake2Keys {
  const hash = createHash('sha256').update(transcript).digest()
  const info = `ConfirmationKeys${context}`
  const both = hkdfSync('sha256', hash.subarray(halfBytes), new Uint8Array(0), info, 2 * halfBytes)
  const keys = { A: Buffer.from(both, 0, halfBytes), B: Buffer.from(both, halfBytes) }
  const word = (of: Side): Buffer => createHmac('sha256', keys[of]).update(transcript).digest()
  const expected = word(side === 'A' ? 'B' : 'A')
  return {
    shared: hash.subarray(0, halfBytes),
    confirmation: word(side),
    confirms: (said) => said.length === expected.length && timingSafeEqual(said, expected),
  }
}

/** Each part after its length, eight bytes, little-endian. */
function transcriptOf(
  { idA, idB, w }: Spake2Parts,
  shareA: Uint8Array,
  shareB: Uint8Array,
  key: Uint8Array,
): Uint8Array {
  const scalar = Buffer.from(w.toString(16).padStart(2 * scalarBytes, '0'), 'hex')
  const parts = [Buffer.from(idA), Buffer.from(idB), shareA, shareB, key, scalar]
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(8)
      length.writeBigUInt64LE(BigInt(part.length))
      return [length, part]
    }),
  )
}

/** Uncompressed, on the curve, and not the point at infinity. */
function readPoint(bytes: Uint8Array): CurvePoint | null {
  if (bytes.length !== 65 || bytes[0] !== 4) return null
  try {
    return Point.fromBytes(bytes)
  } catch {
    return null
  }
}

function randomScalar(): bigint {
  return scalarOf(randomBytes(scalarBytes + halfBytes))
}
