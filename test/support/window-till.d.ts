import type { OfficeBridge } from '../../main/contract/office-bridge.ts'
import type { TillBridge } from '../../main/contract/till-bridge.ts'

declare global {
  interface Window {
    readonly till: TillBridge
    readonly office: OfficeBridge
  }
}
