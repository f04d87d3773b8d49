import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Language } from '../../../main/contract/language.ts'
import styles from './starting-screen.module.css'

/** Until then nothing needs to be said: most tills are there sooner. */
const slowMs = 3000

/** Stands in for the till until it is open, in both languages, since the one chosen is not known yet. */
export function StartingScreen() {
  const { i18n } = useTranslation()
  const [isSlow, setIsSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), slowMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <output className={styles['screen']} data-testid="starting">
      {Language.options.map((language) => {
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
