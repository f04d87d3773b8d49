import {
  ChartColumn,
  CircleHelp,
  ClipboardCheck,
  History,
  type LucideIcon,
  ScanBarcode,
  Settings,
  Timer,
} from 'lucide-react'
import type { Permission } from '../../main/contract/permission.ts'

/** The screens, with the key that opens each: function keys, which no input method uses. A scanner's never get here. */
export const destinations = [
  { name: 'till', icon: ScanBarcode, shortcut: 'Esc', needs: 'redeem' },
  { name: 'history', icon: History, shortcut: 'F3', needs: 'read-history' },
  { name: 'review', icon: ClipboardCheck, shortcut: 'F5', needs: 'read-history' },
  { name: 'shift', icon: Timer, shortcut: 'F7', needs: 'work-shift' },
  { name: 'insights', icon: ChartColumn, shortcut: 'F12', needs: 'read-insights' },
  { name: 'settings', icon: Settings, shortcut: 'F10', needs: 'redeem' },
  { name: 'help', icon: CircleHelp, shortcut: 'F1', needs: 'redeem' },
] as const satisfies readonly {
  readonly name: string
  readonly icon: LucideIcon
  readonly shortcut: string
  readonly needs: Permission
}[]

export type Destination = (typeof destinations)[number]['name']
