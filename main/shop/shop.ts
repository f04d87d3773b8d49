/*
 * shop/ is the people of a till and what they decide: staff and PINs, session, shifts, settings. Like redemption/ it
 * imports no Electron, SQL or HTTP; stores and clocks are handed in (ports.ts).
 */

import { randomUUID } from 'node:crypto'
import type { KeptFigures } from '../contract/shift-report.ts'
import type { Shift } from '../contract/shift.ts'
import type { PracticeSupervisor } from '../contract/staff.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { Clock, Scheduler } from '../redemption/ports.ts'
import { scryptPins } from './pin-hasher.ts'
import type { RecoveryKeeper, RunningTime, SettingsStore, ShiftStore, StaffStore } from './ports.ts'
import { createRecovery, type Recovery } from './recovery.ts'
import { createRoster, type Roster } from './roster.ts'
import { createSession, type RecordedAct, type Session } from './session.ts'
import { readSettings } from './settings.ts'
import { createShifts, type Shifts, type Unsettled } from './shifts.ts'

/** The staff, session, shifts and settings of one till. */
export interface Shop {
  /** Changes the staff, and with it the session. */
  readonly staff: StaffOrders
  readonly session: Session
  readonly recovery: Pick<Recovery, 'offer' | 'offered' | 'confirm' | 'use'>
  readonly shifts: Shifts
  settings(): ShopSettings
  saveSettings(settings: ShopSettings): void
  /** Writes somebody's act into the audit trail. */
  record(act: RecordedAct): void
  /** Calls the listener after every change; the returned function ends that. */
  subscribe(listener: () => void): () => void
  stop(): void
}

interface StaffOrders extends Pick<Roster, 'save'> {
  remove(id: string): Promise<ReturnType<Roster['remove']>>
}

interface ShopParts {
  readonly staff: StaffStore
  readonly shifts: ShiftStore
  readonly settings: SettingsStore
  readonly recovery: RecoveryKeeper
  /** Who may approve what is practised; `null` on a live till. */
  readonly practice: PracticeSupervisor | null
  readonly clock: Clock
  readonly elapsed: RunningTime
  readonly scheduler: Scheduler
  readonly unsettled: () => Unsettled
  /** Counts what was recorded in a shift, up to now. */
  readonly shiftFigures: (shift: Shift) => KeptFigures
  readonly record: (act: RecordedAct) => void
  /** Called after a shift was closed, with the name of who closed it. */
  readonly onShiftClosing: (by: string) => void
}

const minuteMs = 60_000

export function openShop(parts: ShopParts): Shop {
  const { clock, elapsed, scheduler } = parts
  const listeners = new Set<() => void>()
  const onChanged = (): void => {
    for (const listener of listeners) listener()
  }
  let settings = readSettings(parts.settings)
  const pins = scryptPins
  const roster = createRoster({ store: parts.staff, pins, elapsed, newId: randomUUID })
  const recovery = createRecovery({ roster, pins, keeper: parts.recovery })
  const session = createSession({
    roster,
    recovery,
    practice: parts.practice,
    elapsed,
    scheduler,
    lockAfterMs: () =>
      settings.lockAfterMinutes === null ? null : settings.lockAfterMinutes * minuteMs,
    onChanged,
    record: parts.record,
  })
  const shifts = createShifts({
    store: parts.shifts,
    clock,
    staff: () => roster.members(),
    unsettled: parts.unsettled,
    figures: parts.shiftFigures,
    onClosing: parts.onShiftClosing,
    onChanged,
  })
  return {
    staff: {
      async save(form) {
        const isFirst = roster.isEmpty()
        const saved = await roster.save(form)
        session.refresh()
        // The keychain may know a code of other records, whose owner is not this one.
        if (isFirst && saved.ok) {
          await recovery.forget()
          onChanged()
        }
        return saved
      },
      async remove(id) {
        const removed = roster.remove(id)
        session.refresh()
        if (roster.isEmpty()) await recovery.forget()
        return removed
      },
    },
    session,
    recovery: {
      offer: (person) => recovery.offer(person),
      offered: (person) => recovery.offered(person),
      async confirm(person) {
        const confirmed = await recovery.confirm(person)
        onChanged()
        return confirmed
      },
      async use(form) {
        const used = await recovery.use(form)
        onChanged()
        return used
      },
    },
    shifts,
    settings: () => settings,
    record: parts.record,
    saveSettings(next) {
      parts.settings.write(next)
      settings = next
      onChanged()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    stop() {
      session.stop()
      roster.stop()
    },
  }
}
