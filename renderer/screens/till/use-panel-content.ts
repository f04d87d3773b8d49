import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Verdict } from '../../../main/contract/counter.ts'
import type { TillView } from './use-redemption.ts'

export type PanelTone = Verdict['tone'] | 'idle' | 'busy'

export interface PanelContent {
  readonly tone: PanelTone
  readonly reason: string
  readonly title: string
  readonly action: string
  /** Said for what is not confirmed alone: green and red need no second sentence. */
  readonly honour: boolean | null
  readonly redemption: RedemptionView | null
  /** Why the offline policy said so; `null` where it said nothing. */
  readonly offline: string | null
}

/** An amber verdict turns by itself when the queue has settled it: nobody has to look it up. */
export function usePanelContent(view: TillView, recent: readonly RedemptionView[]): PanelContent {
  const { t } = useTranslation(['till', 'reasons', 'scanner'])
  const plain = { honour: null, redemption: null, offline: null }
  switch (view.kind) {
    case 'idle':
      return {
        ...plain,
        tone: 'idle',
        reason: 'idle',
        title: t('idle.title'),
        action: t('idle.action'),
      }
    case 'reading':
      return {
        ...plain,
        tone: 'busy',
        reason: 'reading',
        title: t('reading.title'),
        action: `${t('recent.tail', { tail: view.tail })} · ${t('reading.action')}`,
      }
    case 'rejected-scan':
      return {
        ...plain,
        tone: 'red',
        reason: 'rejected-scan',
        title: t('rejectedScan.title'),
        action: `${t(`scanner:rejected.${view.why}`)} · ${t('rejectedScan.action')}`,
      }
    case 'fault':
      return {
        ...plain,
        tone: 'red',
        reason: 'fault',
        title: t('fault.title'),
        action: t('fault.action'),
      }
    case 'verdict':
      break
  }

  const { verdict } = view
  const now = recent.find((entry) => entry.useRequestNo === verdict.redemption?.useRequestNo)
  if (verdict.tone === 'amber' && now && now.state !== verdict.redemption?.state) {
    const reason = now.reason ?? verdict.reason
    if (now.state === 'redeemed')
      return {
        ...plain,
        tone: 'green',
        reason: 'redeemed',
        title: t('settledLater.redeemed.title'),
        action: t('settledLater.redeemed.action'),
        redemption: now,
      }
    if (now.state === 'refused')
      return {
        ...plain,
        tone: 'red',
        reason,
        title: t('settledLater.refused.title'),
        action: t('settledLater.refused.action', { reason: t(`reasons:${reason}.cashier.title`) }),
        redemption: now,
      }
    if (now.state === 'review')
      return {
        ...plain,
        tone: 'red',
        reason,
        title: t('settledLater.review.title'),
        action: t('settledLater.review.action'),
        redemption: now,
      }
  }
  return {
    tone: verdict.tone,
    reason: verdict.reason,
    title: t(`reasons:${verdict.reason}.cashier.title`),
    action: t(`reasons:${verdict.reason}.cashier.action`),
    honour: verdict.tone === 'amber' ? verdict.honour : null,
    redemption: now ?? verdict.redemption,
    offline: sayOffline(verdict),
  }

  function sayOffline({ offline }: Verdict): string | null {
    if (!offline) return null
    return offline.limit === null
      ? t(`offline.${offline.mode}`)
      : t(`offline.limit.${offline.limit}`)
  }
}
