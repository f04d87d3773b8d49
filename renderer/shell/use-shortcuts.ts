import type { Language } from '../../main/contract/language.ts'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { isDialogOpen, useKeys } from '../components/use-keys.ts'
import { type Destination, destinations } from './destinations.ts'
import type { Permission } from '../../main/contract/permission.ts'
import { may } from './permissions.ts'
import { syncNow } from './sync-now.ts'

export function otherLanguage(language: Language): Language {
  return language === 'zh-CN' ? 'en' : 'zh-CN'
}

/** Switches between the whole screen and the small window beside the POS. */
export function switchSize(compact: boolean): void {
  void window.till.preferences.set({ compact: !compact })
}

/** F6 switches the language, also before anybody has signed in. */
export function useLanguageShortcut(language: Language): void {
  useKeys(({ key }) => {
    if (key !== 'F6') return false
    void window.till.preferences.set({ language: otherLanguage(language) })
    return true
  })
}

export type ShellDialog = 'manual-entry' | 'total' | 'calibration' | 'scanner'

/** What the key's act needs; `null` for what everybody may do. */
function needsOf(key: string): Permission | null {
  if (key === 'F4') return 'set-scanner'
  return destinations.find(({ shortcut }) => shortcut === key)?.needs ?? null
}

interface Shortcuts {
  readonly snapshot: AppSnapshot
  readonly destination: Destination
  readonly go: (destination: Destination) => void
  readonly openDialog: (dialog: ShellDialog) => void
  readonly nextCustomer: () => void
  /** The key is of something that the person signed in may not do. */
  readonly onRefused: (refused: RefusedKey) => void
}

/** A key that does nothing for the person signed in, and what it is for. */
export interface RefusedKey {
  readonly key: string
  readonly permission: Permission
}

/**
 * Binds function keys and the lock's key: no input method uses them, and the decoder lets them act only where they prove to stand alone
 * (`lone-keys.ts`).
 */
export function useShortcuts({
  snapshot,
  destination,
  go,
  openDialog,
  nextCustomer,
  onRefused,
}: Shortcuts): void {
  const { session } = snapshot
  const actions: Readonly<Record<string, () => void>> = {
    Escape: () => (destination === 'till' ? nextCustomer() : go('till')),
    F2: () => {
      go('till')
      openDialog('manual-entry')
    },
    F11: () => switchSize(snapshot.compact),
    F8: () => void syncNow(),
    F4: () => openDialog('calibration'),
  }
  useKeys((event) => {
    const place = destinations.find(({ shortcut }) => shortcut === event.key)
    const permission = needsOf(event.key)
    // Esc closes an open dialog; it must not also act on the counter behind it.
    if (event.key === 'Escape' && isDialogOpen()) return false
    const isTotal = event.ctrlKey && event.code === 'KeyT'
    const isLock = event.ctrlKey && event.code === 'KeyL' && session.person !== null
    if (permission !== null && !may(session, permission)) onRefused({ key: event.key, permission })
    else if (isLock) void window.till.session.signOut({})
    else if (isTotal) {
      go('till')
      openDialog('total')
    } else if (place) go(place.name)
    else if (actions[event.key]) actions[event.key]?.()
    else return false
    return true
  })
}
