import { hasCode, type KeyStroke } from './key-stroke.ts'
import { codeOfChar } from './key-table.ts'

const codeless = 'key:'
const shiftKeys = ['ShiftLeft', 'ShiftRight', `${codeless}shift`] as const

/**
 * Returns one name for each key. A key without a code is named after the US key of its character, because it may come
 * up under another Shift than it went down under.
 */
export function keyId(stroke: KeyStroke): string {
  if (hasCode(stroke)) return stroke.code
  return `${codeless}${codeOfChar(stroke.key) ?? stroke.key.toLowerCase()}`
}

/** Which keys are down, since when, and which of them were hidden from the page. */
export class HeldKeys {
  private readonly down = new Map<string, { readonly at: number; withheld: boolean }>()

  press(stroke: KeyStroke): void {
    if (!this.down.has(keyId(stroke)))
      this.down.set(keyId(stroke), { at: stroke.at, withheld: false })
  }

  withhold(stroke: KeyStroke): void {
    this.down.set(keyId(stroke), { at: stroke.at, withheld: true })
  }

  isWithheld(stroke: KeyStroke): boolean {
    return this.down.get(keyId(stroke))?.withheld ?? false
  }

  /** Returns false when the key was never seen going down. */
  release(stroke: KeyStroke): boolean {
    return this.down.delete(keyId(stroke))
  }

  /** Returns since when Shift is down; `null` when it was not seen going down. */
  shiftSince(): number | null {
    const times = shiftKeys.map((id) => this.down.get(id)?.at).filter((at) => at !== undefined)
    return times.length === 0 ? null : Math.min(...times)
  }

  /** Whether the Shift of this key went down before that time, or was never seen going down. */
  hasShiftBefore({ shift }: KeyStroke, at: number): boolean {
    const since = this.shiftSince()
    return shift && (since === null || since < at)
  }

  /** The system says that Shift is up: its release was not seen. */
  shiftIsUp(): void {
    for (const id of shiftKeys) this.down.delete(id)
  }

  clear(): void {
    this.down.clear()
  }
}
