import type { UpdateProgress, UpdateState } from '../contract/updates.ts'
import { createUpdateChecker, type FetchText } from '../updates/update-checker.ts'
import { createUpdateInstaller, type UpdateProgram } from '../updates/update-installer.ts'
import type { Trade } from '../updates/when-to-install.ts'
import type { OpenTill } from './open-till.ts'
import type { Application, KeptPreferences } from './ports.ts'

interface UpdateParts {
  readonly preferences: KeptPreferences
  readonly fetchText: FetchText
  readonly program: UpdateProgram
  /** Of this program. */
  readonly version: string
  readonly clock: () => number
  /** `null` while no till is open. */
  readonly till: () => Pick<OpenTill, 'till' | 'shop'> | null
  readonly onChange: () => void
  readonly onFault: (cause: unknown) => void
}

export interface Updates {
  readonly orders: Application['updates']
  progress(): UpdateProgress
  /** To be called when anything happened at the counter. */
  touched(): void
  close(): void
}

/** Joins the look for newer versions, their installation, and what goes on at the till. */
export function createUpdates(parts: UpdateParts): Updates {
  const { preferences, clock } = parts
  let touchedAt = clock()
  const state = {
    get: () => preferences.get().updates,
    set(updates: UpdateState) {
      preferences.set({ updates })
      parts.onChange()
    },
  }

  function trade(): Trade | null {
    const open = parts.till()
    if (open === null) return null
    const { queue } = open.till.state()
    const isShiftOpen = open.shop.shifts.state().current !== null
    return { waiting: queue.waiting, isShiftOpen, touchedAt }
  }

  const checker = createUpdateChecker({
    state,
    fetchText: parts.fetchText,
    version: parts.version,
    platform: process.platform,
    clock,
  })
  const installer = createUpdateInstaller({
    state,
    program: parts.program,
    trade,
    clock,
    onChange: parts.onChange,
    onFault: parts.onFault,
  })
  const stop = parts.program.onPercent((percent) => installer.downloaded(percent))
  return {
    orders: {
      setAddress: (address) => checker.setAddress(address),
      check: () => checker.check(),
      download: () => installer.download(),
      install: () => installer.install(),
      setAutomatic: (chosen) => state.set({ ...state.get(), ...chosen }),
    },
    progress: () => installer.progress(),
    touched() {
      touchedAt = clock()
    },
    close() {
      checker.close()
      installer.close()
      stop()
    },
  }
}
