export interface PemBlock {
  readonly label: string
  /** With its two lines of dashes. */
  readonly text: string
}

const start = '-----BEGIN '
const end = '-----END '
const dashes = '-----'

/**
 * The PEM blocks in a text, `null` for more than `max`. One pass: a block's beginning is followed by its own end or is
 * none, so that a megabyte of beginnings is looked at once.
 */
export function pemBlocks(text: string, max: number): PemBlock[] | null {
  const blocks: PemBlock[] = []
  let at = text.indexOf(start)
  while (at !== -1) {
    const label = labelAt(text, at + start.length)
    const content = at + start.length + label.length + (label === '' ? 0 : dashes.length)
    const next = text.indexOf(dashes, content)
    const last = `${end}${label}${dashes}`
    if (label !== '' && next !== -1 && text.startsWith(last, next)) {
      if (blocks.length === max) return null
      blocks.push({ label, text: text.slice(at, next + last.length) })
    }
    at = next === -1 ? -1 : text.indexOf(start, next)
  }
  return blocks
}

/** `RSA PRIVATE KEY`; empty where the line is not closed with dashes. */
function labelAt(text: string, at: number): string {
  return /^([A-Z0-9 ]{1,40})-----/.exec(text.slice(at, at + 50))?.[1] ?? ''
}
