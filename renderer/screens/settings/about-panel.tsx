import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { LicenceList } from './licence-list.tsx'
import styles from './settings-screen.module.css'

/** Versions and platform, for a call to support. */
export function AboutPanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation(['settings', 'till'])
  const { runtime, mode, keyStorage, audit } = snapshot
  const facts = [
    ['version', runtime.version],
    ['electron', runtime.electron],
    ['mode', t(`about.modes.${mode}`)],
    ['keys', t(`about.storage.${keyStorage}`)],
    ['audit', t(`about.audits.${audit}`)],
  ] as const
  return (
    <div className={styles['form']} data-testid="about">
      <h2 className={styles['title']}>{t('till:appName')}</h2>
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`about.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t('about.licence')}</p>
      <LicenceList />
    </div>
  )
}
