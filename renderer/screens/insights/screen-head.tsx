import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './insights-screen.module.css'

interface ScreenHeadProps {
  readonly children: ReactNode
  /** Leads to the other view. */
  readonly switcher: ReactNode
}

/** The screen's name, and in one line with it what is shown. */
export function ScreenHead({ children, switcher }: ScreenHeadProps) {
  const { t } = useTranslation('shell')
  return (
    <header className={styles['head']}>
      <h2 id="insights-title" className={styles['title']}>
        {t('destination.insights')}
      </h2>
      {children}
      <span className={styles['space']} />
      {switcher}
    </header>
  )
}
