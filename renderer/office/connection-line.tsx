import { CircleAlert, CloudCheck, CloudOff, LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HubConnection } from '../../main/contract/office-hub.ts'
import type { Language } from '../../main/contract/language.ts'
import { useNow } from '../components/use-now.ts'
import { formatInstant } from './office-time.ts'
import styles from './office-shell.module.css'

interface ConnectionLineProps {
  readonly connection: HubConnection
  readonly language: Language
}

/** How the office stands with the hub, always in sight. */
export function ConnectionLine({ connection, language }: ConnectionLineProps) {
  const { t } = useTranslation('office')
  const now = useNow()
  const { state, asOf, behind, rebuilding, since } = connection
  const isWell = state === 'connected'
  const isOnItsWay = state === 'connecting' || rebuilding !== null
  const Icon = isOnItsWay ? LoaderCircle : isWell ? CloudCheck : CloudOff
  return (
    <footer className={styles['status']} data-testid="connection" data-state={state}>
      <span
        className={styles['state']}
        data-tone={isWell ? 'green' : isOnItsWay ? 'neutral' : 'amber'}
      >
        <Icon aria-hidden size={18} />
        {t(`hub.${state}`)}
      </span>
      {!isWell && state !== 'not-attached' && (
        <span>{t('hub.since', { time: formatInstant(since, now, language) })}</span>
      )}
      <span data-testid="as-of">
        {asOf === null
          ? t('hub.nothing')
          : t('hub.asOf', { time: formatInstant(asOf, now, language) })}
      </span>
      {behind !== null && behind > 0 && <span>{t('hub.behind', { count: behind })}</span>}
      {rebuilding !== null && <span>{t('hub.rebuilding', rebuilding)}</span>}
    </footer>
  )
}

/** Without the hub: since when, what is shown instead, and what to do. */
export function HubBanner({ connection, language }: ConnectionLineProps) {
  const { t } = useTranslation('office')
  const now = useNow()
  const { state, since, asOf } = connection
  if (state === 'connected' || state === 'connecting' || state === 'not-attached') return null
  return (
    <div className={styles['banner']} role="alert" data-testid="hub-banner" data-state={state}>
      <CircleAlert aria-hidden size={22} />
      <p>
        <strong>
          {t(`hub.${state}`)} · {t('hub.since', { time: formatInstant(since, now, language) })}
        </strong>{' '}
        {asOf === null
          ? t('hub.shownNothing')
          : t('hub.shown', { time: formatInstant(asOf, now, language) })}{' '}
        {t(`hub.advice.${state}`)}
      </p>
    </div>
  )
}
