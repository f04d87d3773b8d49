import type { TillBridge } from '../main/contract/till-bridge.ts'

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly till: TillBridge
  }
}
