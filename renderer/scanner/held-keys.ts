import type { KeyStroke } from './key-stroke.ts'

/**
 * Returns one name for each key. A key without a code (the system cannot place it) is named after its character, in
 * lower case.
 */
export function keyId(stroke: KeyStroke): string {
  return stroke.code === '' ? `key:${stroke.key.toLowerCase()}` : stroke.code
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
    const held = [this.down.get('ShiftLeft')?.at, this.down.get('ShiftRight')?.at]
    const times = held.filter((at) => at !== undefined)
    return times.length === 0 ? null : Math.min(...times)
  }

  clear(): void {
    this.down.clear()
  }
}
