import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import styles from './setup-screen.module.css'
import type { SavedSources } from './use-setup.ts'

interface SetupDoneProps {
  readonly saved: SavedSources
  readonly onClose: () => void
}

/** Shown after set-up. What remains is to deal with the files that the key was read from. */
export function SetupDone({ saved: { sources, isProven }, onClose }: SetupDoneProps) {
  const { t } = useTranslation('setup')
  const [left, setLeft] = useState<readonly string[] | null>(null)
  const mayDelete = isProven && sources.length > 0
  const remove = async (): Promise<void> => {
    const reply = await window.till.setup.deleteSources({})
    setLeft(reply.ok ? reply.value.left : sources)
  }
  return (
    <div className={styles['sheet']} data-testid="setup-done">
      <h1 className={styles['title']}>{t('screen.doneTitle')}</h1>
      <p className={styles['note']} data-tone="green">
        {t('screen.doneText')}
      </p>
      {!isProven && sources.length > 0 && (
        <p className={styles['note']} data-tone="amber" data-testid="sources-kept">
          {t('screen.sourcesKept', { files: sources.join(', ') })}
        </p>
      )}
      {left === null && !mayDelete && (
        <div className={styles['buttons']}>
          <Button className={buttons['primary'] ?? ''} onPress={onClose}>
            {t('screen.close')}
          </Button>
        </div>
      )}
      {left === null && mayDelete && (
        <>
          <h2>{t('screen.sourcesTitle')}</h2>
          <p>{t('screen.sourcesText', { files: sources.join(', ') })}</p>
          <div className={styles['buttons']}>
            <Button className={buttons['primary'] ?? ''} onPress={() => void remove()}>
              {t('screen.delete')}
            </Button>
            <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
              {t('screen.keep')}
            </Button>
          </div>
        </>
      )}
      {left !== null && (
        <>
          <p
            className={styles['note']}
            data-tone={left.length === 0 ? 'green' : 'red'}
            data-testid="sources-deleted"
            data-left={left.length}
          >
            {left.length === 0
              ? t('screen.deleted')
              : t('screen.notDeleted', { files: left.join(', ') })}
          </p>
          <div className={styles['buttons']}>
            <Button className={buttons['primary'] ?? ''} onPress={onClose}>
              {t('screen.close')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
