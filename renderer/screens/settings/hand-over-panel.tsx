import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { HandOverFault } from '../../../main/contract/hand-over-requests.ts'
import type { Result } from '../../../main/contract/result.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

const shortestPassword = 8

type Said =
  | { readonly kind: 'fault'; readonly fault: HandOverFault | 'failed' }
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'taken'; readonly count: number }

/** A new computer, or an old one that must go: what is open moves on and is sent by one of the two alone. */
export function HandOverPanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  const [password, setPassword] = useState('')
  const [why, setWhy] = useState('')
  const [said, setSaid] = useState<Said | null>(null)
  const open = snapshot.queue.waiting + snapshot.queue.review
  const isReady = password.length >= shortestPassword && why.trim() !== ''

  function tell(reply: Result<Result<string | number | null, HandOverFault>, unknown>): void {
    if (!reply.ok) setSaid({ kind: 'fault', fault: 'failed' })
    else if (!reply.value.ok) setSaid({ kind: 'fault', fault: reply.value.error })
    else if (typeof reply.value.value === 'string')
      setSaid({ kind: 'written', path: reply.value.value })
    else if (typeof reply.value.value === 'number')
      setSaid({ kind: 'taken', count: reply.value.value })
    if (reply.ok && reply.value.ok && reply.value.value !== null) setPassword('')
  }

  return (
    <div className={styles['form']} data-testid="hand-over">
      <h2 className={styles['title']}>{t('tab.handOver')}</h2>
      <p>{t('handOver.lead')}</p>
      <p className={styles['hint']}>{t('handOver.open', { count: open })}</p>
      <CodeField
        label={t('handOver.password')}
        description={t('handOver.passwordHint')}
        value={password}
        onChange={setPassword}
        maxLength={64}
        secret
      />
      <TextField className={forms['field'] ?? ''} value={why} onChange={setWhy} maxLength={200}>
        <Label className={forms['label'] ?? ''}>{t('handOver.why')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="hand-over-why" />
      </TextField>
      {said && (
        <output
          className={said.kind === 'fault' ? forms['fault'] : styles['saved']}
          data-testid="hand-over-said"
          data-kind={said.kind}
        >
          {said.kind === 'fault'
            ? t(`handOver.fault.${said.fault}`)
            : said.kind === 'written'
              ? t('handOver.written', { path: said.path })
              : t('handOver.taken', { count: said.count })}
        </output>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady || open === 0}
          data-testid="hand-over-export"
          onPress={() => void window.till.exportOpen({ password, why }).then(tell)}
        >
          {t('handOver.export')}
        </Button>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="hand-over-again"
          onPress={() => void window.till.exportAgain({}).then(tell)}
        >
          {t('handOver.again')}
        </Button>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={!isReady}
          data-testid="hand-over-import"
          onPress={() => void window.till.importOpen({ password, why }).then(tell)}
        >
          {t('handOver.import')}
        </Button>
      </div>
    </div>
  )
}
