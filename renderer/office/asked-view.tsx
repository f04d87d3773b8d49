import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import styles from './office.module.css'
import type { Asked } from './use-asked.ts'

interface AskedViewProps<T> {
  readonly asked: Asked<T>
  readonly children: (value: T) => ReactNode
}

/** What was answered, with a note where the newest question was not; without an answer, what is being done about it. */
export function AskedView<T>({ asked, children }: AskedViewProps<T>) {
  const { t } = useTranslation('office')
  const { value, hasFailed, again } = asked
  return (
    <>
      {hasFailed && (
        <div className={styles['failed']} role="alert" data-testid="failed">
          <span>{t('failed')}</span>
          <Button className={buttons['quiet'] ?? ''} onPress={again}>
            {t('retry')}
          </Button>
        </div>
      )}
      {value !== null && children(value)}
      {value === null && !hasFailed && <p className={styles['empty']}>{t('loading')}</p>}
    </>
  )
}
