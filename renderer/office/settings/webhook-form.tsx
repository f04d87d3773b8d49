import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Webhook, WebhookFault } from '../../../main/contract/office-alerts.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { useNow } from '../../components/use-now.ts'
import { formatInstant } from '../office-time.ts'
import styles from '../office.module.css'

interface WebhookFormProps {
  readonly webhook: Webhook
  readonly onSaved: () => void
}

type Outcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'fault'; readonly code: WebhookFault['code'] }
  | { readonly kind: 'tested'; readonly status: number | null }

/** Where alerts are posted. The secret can be replaced and removed, never read. */
export function WebhookForm({ webhook, onSaved }: WebhookFormProps) {
  const { t, i18n } = useTranslation('office')
  const [address, setAddress] = useState(webhook.address ?? '')
  const [secret, setSecret] = useState('')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const now = useNow()
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'

  async function save(form: {
    readonly address: string | null
    readonly secret: string | null
  }): Promise<void> {
    setOutcome(null)
    const reply = await window.office.alerts.saveWebhook(form)
    if (!reply.ok) setOutcome({ kind: 'failed' })
    else if (!reply.value.ok) setOutcome({ kind: 'fault', code: reply.value.error.code })
    else {
      setAddress(reply.value.value.address ?? '')
      setSecret('')
      setOutcome({ kind: 'saved' })
      onSaved()
    }
  }

  async function test(): Promise<void> {
    setOutcome(null)
    const reply = await window.office.alerts.testWebhook({})
    if (!reply.ok) setOutcome({ kind: 'failed' })
    else if (reply.value.ok) setOutcome({ kind: 'tested', status: reply.value.value.status })
    else setOutcome({ kind: 'fault', code: reply.value.error.code })
  }

  const { last, waiting } = webhook
  return (
    <div className={forms['form']}>
      <p className={styles['hint']}>{t('webhook.hint')}</p>
      <TextField className={forms['field'] ?? ''} value={address} onChange={setAddress}>
        <Label className={forms['label'] ?? ''}>{t('webhook.address')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="webhook-address" />
      </TextField>
      <TextField
        className={forms['field'] ?? ''}
        type="password"
        value={secret}
        onChange={setSecret}
        maxLength={200}
      >
        <Label className={forms['label'] ?? ''}>
          {t(webhook.hasSecret ? 'webhook.secretKept' : 'webhook.secret')}
        </Label>
        <Input className={forms['input'] ?? ''} data-testid="webhook-secret" />
      </TextField>
      <div className={forms['choices']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={address.trim() === ''}
          data-testid="webhook-save"
          onPress={() =>
            void save({ address: address.trim(), secret: secret === '' ? null : secret })
          }
        >
          {t('save')}
        </Button>
        {webhook.address !== null && (
          <>
            <Button
              className={buttons['quiet'] ?? ''}
              data-testid="webhook-test"
              onPress={() => void test()}
            >
              {t('webhook.test')}
            </Button>
            {webhook.hasSecret && (
              <Button
                className={buttons['quiet'] ?? ''}
                onPress={() => void save({ address: webhook.address, secret: '' })}
              >
                {t('webhook.removeSecret')}
              </Button>
            )}
            <Button
              className={buttons['danger'] ?? ''}
              data-testid="webhook-end"
              onPress={() => void save({ address: null, secret: '' })}
            >
              {t('webhook.end')}
            </Button>
          </>
        )}
      </div>
      {outcome?.kind === 'saved' && <output>{t('saved')}</output>}
      {outcome?.kind === 'tested' && (
        <output data-testid="webhook-tested">
          {outcome.status === null
            ? t('webhook.testFailed')
            : t('webhook.tested', { status: outcome.status })}
        </output>
      )}
      {(outcome?.kind === 'failed' || outcome?.kind === 'fault') && (
        <p className={forms['fault']} role="alert" data-testid="webhook-fault">
          {outcome.kind === 'failed' ? t('notSaved') : t(`webhook.fault.${outcome.code}`)}
        </p>
      )}
      {last !== null && (
        <p className={styles['hint']}>
          {t(last.status === null ? 'webhook.lastFailed' : 'webhook.last', {
            time: formatInstant(last.at, now, language),
            status: last.status,
          })}
        </p>
      )}
      {waiting > 0 && <p className={styles['hint']}>{t('webhook.waiting', { count: waiting })}</p>}
    </div>
  )
}
