import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import type { InstallRefusal } from '../../../main/contract/updates.ts'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

/** Whether newer versions are fetched and installed, how far that is, and the buttons for it. */
export function UpdateInstall({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  const { updates, updateProgress: progress } = snapshot
  const [refusal, setRefusal] = useState<InstallRefusal | null>(null)
  if (updates.address === null) return null
  if (progress.way === 'by-hand')
    return <p className={styles['hint']}>{t('updates.way.by-hand')}</p>

  async function install(): Promise<void> {
    const reply = await window.till.updates.install({})
    setRefusal(reply.ok && !reply.value.ok ? reply.value.error.code : null)
  }

  const { found, takenBack } = updates
  const version = found?.version ?? ''
  const isShown = found !== null && ['downloading', 'ready', 'installing'].includes(progress.stage)
  return (
    <div className={styles['form']} data-testid="update-install" data-stage={progress.stage}>
      <Automatic updates={updates} way={progress.way} />
      {takenBack !== null && takenBack === version && (
        <p className={forms['fault']} role="alert" data-testid="update-taken-back">
          {t('updates.takenBack', { version })}
        </p>
      )}
      {progress.fault !== null && (
        <p className={forms['fault']} role="alert" data-testid="update-failed">
          {t(`updates.failed.${progress.fault}`)}
        </p>
      )}
      {isShown && progress.stage !== 'none' && progress.stage !== 'failed' && (
        <output data-testid="update-stage">
          {t(`updates.${progress.stage}`, { version, percent: progress.percent })}
        </output>
      )}
      {refusal !== null && (
        <p className={forms['fault']} role="alert" data-testid="update-refused">
          {t(`updates.refused.${refusal}`)}
        </p>
      )}
      <div className={styles['row']}>
        {found !== null && (progress.stage === 'none' || progress.stage === 'failed') && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="update-download"
            onPress={() => void window.till.updates.download({})}
          >
            {t('updates.download', { version })}
          </Button>
        )}
        {progress.stage === 'ready' && (
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="update-install-now"
            onPress={() => void install()}
          >
            {t('updates.install')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface AutomaticProps {
  readonly updates: AppSnapshot['updates']
  readonly way: 'by-itself' | 'with-administrator'
}

function choose(change: { automatic: boolean; hour: number }): void {
  void window.till.updates.setAutomatic(change)
}

function Automatic({ updates, way }: AutomaticProps) {
  const { t } = useTranslation('settings')
  const { automatic } = updates
  const [hour, setHour] = useState(String(updates.hour))
  const isHour = /^(?:\d|1\d|2[0-3])$/.test(hour)
  return (
    <>
      <Choice
        label={t('updates.automatic')}
        value={automatic ? 'on' : 'off'}
        options={[
          { value: 'on', label: t('updates.on'), hint: t(`updates.way.${way}`) },
          { value: 'off', label: t('updates.off') },
        ]}
        onChange={(next) => choose({ automatic: next === 'on', hour: updates.hour })}
      />
      {automatic && way === 'by-itself' && (
        <CodeField
          label={t('updates.hour')}
          description={t('updates.hourHint')}
          value={hour}
          maxLength={2}
          invalid={!isHour}
          allows={(char) => /\d/.test(char)}
          onChange={(next) => {
            setHour(next)
            if (/^(?:\d|1\d|2[0-3])$/.test(next)) choose({ automatic, hour: Number(next) })
          }}
        />
      )}
    </>
  )
}
