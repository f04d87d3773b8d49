import forge from 'node-forge'

type Asn1 = forge.asn1.Asn1

/** Deeper than any file with keys; what goes deeper is counted as endless. */
const maxLevels = 40
const { Class, Type } = forge.asn1

/**
 * How often the passwords of a PKCS#12 are hashed in all, as far as the file says it outside of what is sealed: each
 * round count stands behind its salt, in MacData as in the parameters of every cipher.
 */
export function roundsIn(node: Asn1, level = 0): number {
  if (level > maxLevels) return Infinity
  if (typeof node.value === 'string') {
    const inner = isOf(node, Type.OCTETSTRING) ? parsed(node.value) : null
    return inner === null ? 0 : roundsIn(inner, level + 1)
  }
  const parts = node.value
  // A long string may be in pieces, which are none by themselves.
  const pieces = isOf(node, Type.OCTETSTRING) ? parsed(parts.map(textOf).join('')) : null
  if (pieces !== null) return roundsIn(pieces, level + 1)
  let rounds = 0
  for (const [at, part] of parts.entries()) {
    rounds += roundsIn(part, level + 1)
    const before = parts[at - 1]
    const isCount =
      before !== undefined && isOf(before, Type.OCTETSTRING) && isOf(part, Type.INTEGER)
    if (isCount) rounds += numberOf(textOf(part))
  }
  return rounds
}

function isOf({ tagClass, type }: Asn1, wanted: forge.asn1.Type): boolean {
  return tagClass === Class.UNIVERSAL && type === wanted
}

function textOf({ value }: Asn1): string {
  return typeof value === 'string' ? value : ''
}

/** `null` for what is no DER: the bytes of a salt, or of something sealed. */
function parsed(bytes: string): Asn1 | null {
  try {
    return forge.asn1.fromDer(bytes)
  } catch {
    return null
  }
}

function numberOf(bytes: string): number {
  return Number.parseInt(forge.util.bytesToHex(bytes) || '0', 16)
}
