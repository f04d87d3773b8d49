import type { Buffer } from 'node:buffer'

/** Deeper than any reply of WeChat Pay's, and shallow enough for code that walks a value recursively. */
const maxDepth = 64

/** Returns the value, or `null` when the bytes are not JSON: a captive portal's page, a cut reply, an empty 204. */
export function parseJson(bytes: Buffer): unknown {
  if (depth(bytes) > maxDepth) return null
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

/** How deep brackets nest, not counting those in strings. */
function depth(bytes: Buffer): number {
  let deepest = 0
  let open = 0
  let inString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (inString) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, (open += 1))
    else if (byte === 0x5d || byte === 0x7d) open -= 1
  }
  return deepest
}
