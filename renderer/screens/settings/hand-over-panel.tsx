import { useEffect, useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type {
  ExportedHandOver,
  HandOverFault,
  TakenOver,
} from '../../../main/contract/hand-over-requests.ts'
import type { Result } from '../../../main/contract/result.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import { may } from '../../shell/permissions.ts'
import { DecommissionForm } from './decommission-form.tsx'
import { EarlierExports } from './earlier-exports.tsx'
import { type HandOverOutcome, HandOverOutcomeLine } from './hand-over-outcome.tsx'
import styles from './settings-screen.module.css'

const shortestPassword = 8

/** For a change of computers: open redemptions move to the other one, and only one of the two sends them. */
export function HandOverPanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  const [password, setPassword] = useState('')
  const [isShown, setIsShown] = useState(false)
  const [why, setWhy] = useState('')
  const [said, setSaid] = useState<HandOverOutcome | null>(null)
  const [exports, setExports] = useState<readonly ExportedHandOver[]>([])
  const open = snapshot.queue.waiting + snapshot.queue.review
  const isReady = password.length >= shortestPassword && why.trim() !== ''

  function look(): void {
    void window.till.handOver.list({}).then((reply) => {
      if (reply.ok) setExports(reply.value)
    })
  }
  useEffect(look, [])

  function tell(reply: Result<Result<string | TakenOver | null, HandOverFault>, unknown>): void {
    // An export is kept, and listed, even when its file could not be written.
    look()
    if (!reply.ok) return setSaid({ kind: 'fault', fault: 'failed' })
    if (!reply.value.ok) return setSaid({ kind: 'fault', fault: reply.value.error.code })
    const { value } = reply.value
    if (value === null) return
    setSaid(
      typeof value === 'string'
        ? { kind: 'written', path: value }
        : { kind: 'taken', counts: value },
    )
    setPassword('')
  }

  return (
    <div className={styles['form']} data-testid="hand-over">
      <h2 className={styles['title']}>{t('tab.handOver')}</h2>
      {snapshot.mode === 'live' && (
        <>
          <h3>{t('move.title')}</h3>
          <p>{t('move.lead')}</p>
          {may(snapshot.session, 'set-up') && <DecommissionForm snapshot={snapshot} />}
          <h3>{t('handOver.openTitle')}</h3>
        </>
      )}
      <p>{t('handOver.lead')}</p>
      <p className={styles['hint']}>{t('handOver.open', { count: open })}</p>
      <CodeField
        label={t('handOver.password')}
        description={t('handOver.passwordHint')}
        value={password}
        onChange={setPassword}
        maxLength={64}
        secret={!isShown}
      />
      <label className={forms['check']}>
        <input
          type="checkbox"
          checked={isShown}
          data-testid="hand-over-password-shown"
          onChange={(event) => setIsShown(event.target.checked)}
        />
        {t('handOver.showPassword')}
      </label>
      <TextField className={forms['field'] ?? ''} value={why} onChange={setWhy} maxLength={200}>
        <Label className={forms['label'] ?? ''}>{t('handOver.why')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="hand-over-why" />
      </TextField>
      {!isReady && (
        <p className={styles['hint']} data-testid="hand-over-needs">
          {t('handOver.needs')}
        </p>
      )}
      {said && <HandOverOutcomeLine said={said} />}
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady || open === 0}
          data-testid="hand-over-export"
          onPress={() => void window.till.handOver.export({ password, why }).then(tell)}
        >
          {t('handOver.export')}
        </Button>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={!isReady}
          data-testid="hand-over-import"
          onPress={() => void window.till.handOver.import({ password, why }).then(tell)}
        >
          {t('handOver.import')}
        </Button>
      </div>
      <EarlierExports
        exports={exports}
        language={snapshot.language}
        onAgain={(id) => void window.till.handOver.again({ id }).then(tell)}
      />
    </div>
  )
}
