import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languages } from '../../../main/contract/language.ts'
import styles from './starting-screen.module.css'

/** Until then nothing is drawn: most tills are there sooner, and drawing this first would make them wait. */
const quickMs = 400
/** Until then nothing needs to be explained. */
const slowMs = 3000

/** Stands in for the till until it is open, in both languages, since the one chosen is not known yet. */
export function StartingScreen() {
  const { i18n } = useTranslation()
  const isAwaited = useIsAfter(quickMs)
  const isSlow = useIsAfter(slowMs)
  if (!isAwaited) return null
  return (
    <output className={styles['screen']} data-testid="starting">
      {languages.map((language) => {
        const t = i18n.getFixedT(language, 'till')
        return (
          <div key={language} lang={language}>
            <p className={styles['title']}>{t('starting.title')}</p>
            {isSlow && <p>{t('starting.slow')}</p>}
          </div>
        )
      })}
    </output>
  )
}

/** Whether so many milliseconds have passed since the component was mounted. */
function useIsAfter(ms: number): boolean {
  const [isAfter, setIsAfter] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsAfter(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isAfter
}
