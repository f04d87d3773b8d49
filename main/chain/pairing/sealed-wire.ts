import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import type { Side } from './spake2.ts'
import { type Wire, WireFault } from './wire.ts'

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

const Sealed = z.strictObject({ sealed: z.base64() })

/**
 * The same wire for those two who share a key that nobody else has. Each direction has a key of its own and counts its messages, so
 * that none is changed, left out, repeated or sent back. The key is of one conversation.
 */
export function sealWire(wire: Wire, shared: Uint8Array, side: Side): Pick<Wire, 'read' | 'write'> {
  const keys = { A: derive(shared, 'A'), B: derive(shared, 'B') }
  const [own, others] = side === 'A' ? [keys.A, keys.B] : [keys.B, keys.A]
  let sent = 0
  let received = 0
  return {
    async read() {
      const message = Sealed.safeParse(await wire.read())
      if (!message.success) throw new WireFault('malformed')
      const bytes = Buffer.from(message.data.sealed, 'base64')
      const opened = open(others, received, bytes)
      received += 1
      if (opened === null) throw new WireFault('malformed')
      return parseJson(opened)
    },
    write(message) {
      wire.write({ sealed: seal(own, sent, JSON.stringify(message)) })
      sent += 1
    },
  }
}

function seal(key: KeyObject, count: number, text: string): string {
  const cipher = createCipheriv(algorithm, key, nonceOf(count), { authTagLength: tagBytes })
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return bytes.toString('base64')
}

function open(key: KeyObject, count: number, bytes: Buffer): string | null {
  if (bytes.length < tagBytes) return null
  const decipher = createDecipheriv(algorithm, key, nonceOf(count), { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    const text = decipher.update(bytes.subarray(0, -tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit.
    return null
  }
}

/** By count, because each key is of one conversation and direction. */
function nonceOf(count: number): Buffer {
  const nonce = Buffer.alloc(nonceBytes)
  nonce.writeUInt32BE(count, nonceBytes - 4)
  return nonce
}

function derive(shared: Uint8Array, side: Side): KeyObject {
  const info = `hexiao-till pairing ${side} 1`
  return createSecretKey(Buffer.from(hkdfSync('sha256', shared, new Uint8Array(0), info, keyBytes)))
}
