import type { KeyStroke } from './key-stroke.ts'

/** One name per key. A key that the system cannot place has no code: then its character, whatever the Shift. */
export function keyId(stroke: KeyStroke): string {
  return stroke.code === '' ? `key:${stroke.key.toLowerCase()}` : stroke.code
}

/** Which keys are down, since when, and which of them the page does not know of. */
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

  /** False when the key's going down was never seen. */
  release(stroke: KeyStroke): boolean {
    return this.down.delete(keyId(stroke))
  }

  /** Since when a Shift is down; `null` when none was seen to go down. */
  shiftSince(): number | null {
    const held = [this.down.get('ShiftLeft')?.at, this.down.get('ShiftRight')?.at]
    const times = held.filter((at) => at !== undefined)
    return times.length === 0 ? null : Math.min(...times)
  }

  clear(): void {
    this.down.clear()
  }
}
