import type { KeyStroke } from './key-stroke.ts'

/** Which keys are down, since when, and which of them the page does not know of. */
export class HeldKeys {
  private readonly down = new Map<string, { readonly at: number; withheld: boolean }>()

  press(stroke: KeyStroke): void {
    if (!this.down.has(stroke.code)) this.down.set(stroke.code, { at: stroke.at, withheld: false })
  }

  withhold(stroke: KeyStroke): void {
    this.down.set(stroke.code, { at: stroke.at, withheld: true })
  }

  isWithheld(code: string): boolean {
    return this.down.get(code)?.withheld ?? false
  }

  /** False when the key's going down was never seen. */
  release(stroke: KeyStroke): boolean {
    return this.down.delete(stroke.code)
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
