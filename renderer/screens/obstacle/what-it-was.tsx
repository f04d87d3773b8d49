import { useTranslation } from 'react-i18next'
import type { Decommissioned } from '../../../main/contract/decommission.ts'
import styles from './obstacle-screen.module.css'

/** Which till this computer was, who ended that, and where its records are. */
export function WhatItWas({ was }: { readonly was: Decommissioned }) {
  const { t, i18n } = useTranslation('setup')
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <p className={styles['what']} data-testid="what-it-was">
        {t('decommissioned.facts', { ...was, at: format.format(was.at) })}
      </p>
      {was.open > 0 && (
        <p className={styles['remedy']}>{t('decommissioned.open', { count: was.open })}</p>
      )}
    </>
  )
}
