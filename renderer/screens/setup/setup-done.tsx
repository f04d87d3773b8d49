import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { FinishedSetup } from '../../../main/contract/setup.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog } from '../../components/dialog.tsx'
import styles from './setup-screen.module.css'

interface SetupDoneProps {
  readonly saved: FinishedSetup
  readonly onClose: () => void
}

/** Shown after set-up. */
export function SetupDone(props: SetupDoneProps) {
  const { t } = useTranslation('setup')
  return (
    <div className={styles['sheet']} data-testid="setup-done">
      <h1 className={styles['title']}>
        {t(props.saved.isNext ? 'screen.doneNextTitle' : 'screen.doneTitle')}
      </h1>
      <KeyFiles {...props} />
    </div>
  )
}

/**
 * The same, shown to the owner who is signed in, where saving has put the set-up screen out of sight: with staff, the till
 * that is opened anew begins at the sign-in screen.
 */
export function FinishedSetupDialog() {
  const { t } = useTranslation('setup')
  const [saved, setSaved] = useState<FinishedSetup | null>(null)
  useEffect(() => {
    void window.till.setup.finished({}).then((reply) => {
      if (reply.ok) setSaved(reply.value)
    })
  }, [])
  if (saved === null) return null
  const close = (): void => setSaved(null)
  return (
    <Dialog
      title={t(saved.isNext ? 'screen.doneNextTitle' : 'screen.doneTitle')}
      onClose={close}
      testId="setup-finished"
    >
      <KeyFiles saved={saved} onClose={close} />
    </Dialog>
  )
}

/** What remains is to deal with the files that the key was read from. */
function KeyFiles({ saved: { sources, isProven, isNext }, onClose }: SetupDoneProps) {
  const { t } = useTranslation('setup')
  const [left, setLeft] = useState<readonly string[] | null>(null)
  const mayDelete = isProven && sources.length > 0
  const remove = async (): Promise<void> => {
    const reply = await window.till.setup.deleteSources({})
    setLeft(reply.ok ? reply.value.left : sources)
  }
  const acknowledge = (): void => {
    void window.till.setup.acknowledge({})
    onClose()
  }
  return (
    <>
      <p className={styles['note']} data-tone="green">
        {t(isNext ? 'screen.doneNextText' : 'screen.doneText')}
      </p>
      {!isProven && sources.length > 0 && (
        <p className={styles['note']} data-tone="amber" data-testid="sources-kept">
          {t('screen.sourcesKept', { files: sources.join(', ') })}
        </p>
      )}
      {left === null && !mayDelete && (
        <div className={styles['buttons']}>
          <Button className={buttons['primary'] ?? ''} onPress={acknowledge}>
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
            <Button className={buttons['quiet'] ?? ''} onPress={acknowledge}>
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
            <Button className={buttons['primary'] ?? ''} onPress={acknowledge}>
              {t('screen.close')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}
