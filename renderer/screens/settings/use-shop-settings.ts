import { useEffect, useState } from 'react'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { useUnsaved } from '../../shell/leave-guard.tsx'

interface ShopSettingsDraft {
  /** `null` while it is being read. */
  readonly draft: ShopSettings | null
  readonly state: 'clean' | 'changed' | 'invalid' | 'saving' | 'saved' | 'failed'
  readonly change: (part: Partial<ShopSettings>) => void
  readonly save: () => Promise<void>
}

/** Holds the shop's settings while they are edited. Nothing takes effect before it is saved. */
export function useShopSettings(): ShopSettingsDraft {
  const [draft, setDraft] = useState<ShopSettings | null>(null)
  const [state, setState] = useState<ShopSettingsDraft['state']>('clean')
  useUnsaved(state === 'changed' || state === 'invalid' || (state === 'failed' && draft !== null))
  useEffect(() => {
    void window.till.settings.read({}).then((reply) => {
      if (reply.ok) setDraft(reply.value)
      else setState('failed')
    })
  }, [])
  return {
    draft,
    state,
    change(part) {
      if (!draft) return
      const next = { ...draft, ...part }
      setDraft(next)
      setState(ShopSettings.safeParse(next).success ? 'changed' : 'invalid')
    },
    async save() {
      if (!draft || state === 'invalid') return
      setState('saving')
      const reply = await window.till.settings.save(draft)
      setState(reply.ok ? 'saved' : 'failed')
    },
  }
}
