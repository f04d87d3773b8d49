import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { useAbout } from '../../components/use-about.ts'
import { may } from '../../shell/permissions.ts'
import { SaveDiagnostics } from './save-diagnostics.tsx'
import { LicenceList } from './licence-list.tsx'
import styles from './settings-screen.module.css'

/** Whom to call, and what they will ask for. */
export function AboutPanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation(['settings', 'till'])
  const { runtime, mode, keyStorage, audit, certificate } = snapshot
  const about = useAbout()
  const facts = [
    ['merchant', about?.merchantId ?? ''],
    ['till', about?.tillId ?? ''],
    [
      'certificate',
      certificate === null ? '' : t('about.daysLeft', { count: certificate.daysLeft }),
    ],
    ['support', about?.supportContact ?? ''],
    ['data', about?.dataFolder ?? ''],
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
        {facts.map(
          ([name, value]) =>
            value !== '' && (
              <div key={name}>
                <dt>{t(`about.${name}`)}</dt>
                <dd data-testid={`about-${name}`}>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {may(snapshot.session, 'change-settings') && <SaveDiagnostics />}
      <p>{t('about.licence')}</p>
      <LicenceList />
    </div>
  )
}
