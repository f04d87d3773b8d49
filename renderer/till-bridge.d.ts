import type { OfficeBridge } from '../main/contract/office-bridge.ts'
import type { TillBridge } from '../main/contract/till-bridge.ts'

declare global {
  interface Window {
    /** Set by the preload script of a till. */
    readonly till: TillBridge
    /** Set by the preload script of the head office, in its place. */
    readonly office: OfficeBridge
  }
}
