import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReviewEntry } from '../../../main/contract/snapshot.ts'

interface LookUp {
  /** `useRequestNo` of each entry being looked up. */
  readonly busy: ReadonlySet<string>
  /** By `useRequestNo`: what came of a look-up that settled nothing, in words. */
  readonly notices: ReadonlyMap<string, string>
  /** Looks up one entry after the other; each reply settles its own entry. */
  readonly lookUp: (entries: readonly ReviewEntry[]) => Promise<void>
}

/** Asks WeChat Pay about coupons in review. Calls `onSettled` when the list is to be read anew. */
export function useLookUp(onSettled: () => void): LookUp {
  const { t } = useTranslation('review')
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [notices, setNotices] = useState<ReadonlyMap<string, string>>(new Map())

  async function ask({ redemption: { useRequestNo } }: ReviewEntry): Promise<void> {
    const reply = await window.till.redemption.lookUp({ useRequestNo })
    if (reply.ok && reply.value.ok) return
    const notice =
      reply.ok && !reply.value.ok ? t(`fault.${reply.value.error.code}`) : t('fault.failed')
    setNotices((before) => new Map(before).set(useRequestNo, notice))
  }

  return {
    busy,
    notices,
    async lookUp(entries) {
      setBusy(new Set(entries.map(({ redemption }) => redemption.useRequestNo)))
      setNotices(new Map())
      for (const entry of entries) await ask(entry)
      setBusy(new Set())
      onSettled()
    },
  }
}
