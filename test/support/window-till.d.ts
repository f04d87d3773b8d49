import type { TillBridge } from '../../main/contract/till-bridge.ts'

declare global {
  interface Window {
    readonly till: TillBridge
  }
}
