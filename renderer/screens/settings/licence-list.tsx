import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Licence } from '../../../main/contract/licence.ts'
import styles from './licence-list.module.css'

/** Every package that is part of the program; each opens to its terms. */
export function LicenceList() {
  const { t } = useTranslation('settings')
  const [licences, setLicences] = useState<readonly Licence[]>([])
  useEffect(() => {
    void window.till.app.licences({}).then((reply) => {
      if (reply.ok) setLicences(reply.value)
    })
  }, [])
  if (licences.length === 0) return null
  return (
    <section className={styles['list']} data-testid="licences">
      <h3>{t('about.parts', { count: licences.length })}</h3>
      <p>{t('about.partsHint')}</p>
      <ul>
        {licences.map(({ name, version, licence, text }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary>
                <strong>{name}</strong> {version} ·{' '}
                {licence === '' ? t('about.noLicence') : licence}
              </summary>
              <pre>{text === '' ? t('about.noTerms') : text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
