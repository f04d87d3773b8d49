import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SetAside } from '../../../main/contract/upkeep.ts'
import buttons from '../../components/buttons.module.css'
import styles from './settings-screen.module.css'

/** The records that earlier restores have put aside, to go back to. Nothing where there are none. */
export function RestoreAside({ onChoose }: { readonly onChoose: (name: string) => Promise<void> }) {
  const { t, i18n } = useTranslation('settings')
  const [found, setFound] = useState<readonly SetAside[]>([])
  useEffect(() => {
    void window.till.backup.setAside({}).then((reply) => {
      if (reply.ok) setFound(reply.value)
    })
  }, [])
  if (found.length === 0) return null
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <h4>{t('restore.aside')}</h4>
      <div className={styles['row']}>
        {found.map(({ name, at }) => (
          <Button
            key={name}
            className={buttons['quiet'] ?? ''}
            data-testid="restore-aside"
            onPress={() => void onChoose(name)}
          >
            {t('restore.asideChoose', { at: format.format(at) })}
          </Button>
        ))}
      </div>
    </>
  )
}
