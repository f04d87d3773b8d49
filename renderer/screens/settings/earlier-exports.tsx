import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ExportedHandOver } from '../../../main/contract/hand-over-requests.ts'
import type { Language } from '../../../main/contract/language.ts'
import buttons from '../../components/buttons.module.css'
import { formatDateTime } from '../../format/time.ts'
import styles from './settings-screen.module.css'

/** Every hand-over file exported so far, newest first; a lost one can be written again from here. */
export function EarlierExports({
  exports,
  language,
  onAgain,
}: {
  readonly exports: readonly ExportedHandOver[]
  readonly language: Language
  readonly onAgain: (id: number) => void
}) {
  const { t } = useTranslation('settings')
  if (exports.length === 0) return null
  return (
    <section className={styles['exports']} data-testid="hand-over-exports">
      <h3>{t('handOver.earlier')}</h3>
      <ul>
        {exports.map(({ id, at, count }) => {
          const when = formatDateTime(at, language)
          return (
            <li key={id}>
              <span>{t('handOver.exported', { at: when, total: count })}</span>
              <Button
                className={buttons['quiet'] ?? ''}
                data-testid="hand-over-again"
                aria-label={t('handOver.againLabel', { at: when })}
                onPress={() => onAgain(id)}
              >
                {t('handOver.again')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
