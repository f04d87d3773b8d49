import { useEffect } from 'react'
import type { Placement } from '../../../main/contract/placement.ts'
import type { AppSnapshot, Language } from '../../../main/contract/snapshot.ts'

export function otherLanguage(language: Language): Language {
  return language === 'zh-CN' ? 'en' : 'zh-CN'
}

/** Between the whole screen and the small window beside the POS. */
export function switchSize(placement: Placement): void {
  void window.till.setPlacement({ placement: { ...placement, compact: !placement.compact } })
}

interface Shortcuts {
  readonly snapshot: AppSnapshot
  readonly clear: () => void
  readonly openManualEntry: () => void
  readonly openScannerSettings: () => void
}

/** Function keys alone: no scanner sends them, and no input method takes them. */
export function useShortcuts({
  snapshot,
  clear,
  openManualEntry,
  openScannerSettings,
}: Shortcuts): void {
  const { language, placement, training } = snapshot
  useEffect(() => {
    const actions: Readonly<Record<string, () => void>> = {
      Escape: clear,
      F2: openManualEntry,
      F4: openScannerSettings,
      F6: () => void window.till.setLanguage({ language: otherLanguage(language) }),
      F11: () => switchSize(placement),
      F8: () => void window.till.syncNow({}),
      F9: () => {
        if (training)
          void window.till.setTrainingNetwork({ network: training.network === 'up' ? 'cut' : 'up' })
      },
    }
    const onKey = (event: KeyboardEvent): void => {
      const action = actions[event.key]
      if (!action || event.repeat || !event.isTrusted) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [clear, openManualEntry, openScannerSettings, language, placement, training])
}
