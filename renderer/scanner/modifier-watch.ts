import type { RejectReason } from './decision.ts'
import { keyId } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'

/**
 * Watches Shift, Ctrl, Alt and Meta during one run. A scanner presses them for a key, so one that goes down twice, or
 * goes down and up with no key in between, shows that an event was lost or came out of order (remote desktops).
 */
export class ModifierWatch {
  /** How many keys were pressed under each modifier that went down within the run. */
  private readonly keysUnder = new Map<string, number>()
  private capsLockPresses = 0

  /** How often Caps Lock was pressed within the run. */
  get capsToggles(): number {
    return this.capsLockPresses
  }

  /** Returns what is wrong with a modifier going down; `null` when nothing is. */
  press(stroke: KeyStroke): RejectReason | null {
    const id = keyId(stroke)
    if (isLock(id)) {
      if (stroke.key === 'CapsLock') this.capsLockPresses += 1
      return null
    }
    const isDown = this.keysUnder.has(id)
    this.keysUnder.set(id, 0)
    return isDown ? 'case-unclear' : null
  }

  /** Returns what is wrong with a modifier coming up; `null` when nothing is. */
  release(stroke: KeyStroke): RejectReason | null {
    const id = keyId(stroke)
    const keys = this.keysUnder.get(id)
    this.keysUnder.delete(id)
    if (keys !== 0) return null
    return stroke.key === 'Shift' ? 'case-unclear' : 'lost-key'
  }

  /** A key went down that is no modifier. */
  key(): void {
    for (const [id, keys] of this.keysUnder) this.keysUnder.set(id, keys + 1)
  }

  /** Returns how many keys went down since Ctrl did; 0 when Ctrl did not go down within the run. */
  keysUnderCtrl(): number {
    return Math.max(0, ...controlKeys.map((id) => this.keysUnder.get(id) ?? 0))
  }

  /** Whether Shift went down within the run and is still down. */
  get isShiftDown(): boolean {
    return shiftKeys.some((id) => this.keysUnder.has(id))
  }
}

const controlKeys = ['ControlLeft', 'ControlRight', 'key:control'] as const
const shiftKeys = ['ShiftLeft', 'ShiftRight', 'key:shift'] as const

function isLock(id: string): boolean {
  return /capslock|numlock/iu.test(id)
}
