import {
  Bell,
  ChartColumn,
  Copy,
  HeartPulse,
  History,
  type LucideIcon,
  Settings,
  Unplug,
} from 'lucide-react'
import type { OfficePermission } from '../../main/contract/office-roles.ts'

/** The screens of the head office, with the key that opens each. */
export const places = [
  { name: 'overview', icon: ChartColumn, shortcut: 'F2', needs: 'look' },
  { name: 'list', icon: History, shortcut: 'F3', needs: 'look-closer' },
  { name: 'doubles', icon: Copy, shortcut: 'F4', needs: 'look-closer' },
  { name: 'outages', icon: Unplug, shortcut: 'F5', needs: 'look' },
  { name: 'health', icon: HeartPulse, shortcut: 'F7', needs: 'look' },
  { name: 'alerts', icon: Bell, shortcut: 'F8', needs: 'look' },
  { name: 'settings', icon: Settings, shortcut: 'F10', needs: 'look' },
] as const satisfies readonly {
  readonly name: string
  readonly icon: LucideIcon
  readonly shortcut: string
  readonly needs: OfficePermission
}[]

export type Place = (typeof places)[number]['name']
