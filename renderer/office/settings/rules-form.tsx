import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AlertRule } from '../../../main/contract/office-alerts.ts'
import { limitUnits } from '../../../main/contract/office-rules.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { HeadRow } from '../head-row.tsx'
import styles from '../office.module.css'
import { type DraftRule, draftOf, ruleOf } from './rule-draft.ts'

/** The rule table. It is saved as a whole. */
export function RulesForm({ rules }: { readonly rules: readonly AlertRule[] }) {
  const { t } = useTranslation('office')
  const [drafts, setDrafts] = useState(() => rules.map(draftOf))
  const [outcome, setOutcome] = useState<'saved' | 'failed' | 'wrong' | null>(null)
  const change = (kind: AlertRule['kind'], next: Partial<DraftRule>): void => {
    setOutcome(null)
    setDrafts((before) => before.map((each) => (each.kind === kind ? { ...each, ...next } : each)))
  }
  async function save(): Promise<void> {
    const read = drafts.map(ruleOf)
    const whole = read.filter((each) => each !== null)
    if (whole.length < read.length) {
      setOutcome('wrong')
      return
    }
    const reply = await window.office.alerts.saveRules({ rules: whole })
    setOutcome(reply.ok ? 'saved' : 'failed')
  }
  const head = [t('rules.on'), t('rules.kind'), t('rules.limit'), t('rules.hours'), t('rules.sent')]
  return (
    <>
      <p className={styles['hint']}>{t('rules.hint')}</p>
      <table className={styles['table']} data-texts data-testid="rules">
        <HeadRow columns={head} />
        <tbody>
          {drafts.map((draft) => (
            <RuleRow key={draft.kind} draft={draft} onChange={(next) => change(draft.kind, next)} />
          ))}
        </tbody>
      </table>
      <div className={forms['choices']}>
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="rules-save"
          onPress={() => void save()}
        >
          {t('save')}
        </Button>
        {outcome === 'saved' && <output>{t('saved')}</output>}
        {outcome !== null && outcome !== 'saved' && (
          <p className={forms['fault']} role="alert" data-testid="rules-fault">
            {t(outcome === 'wrong' ? 'rules.wrong' : 'notSaved')}
          </p>
        )}
      </div>
    </>
  )
}

interface RuleRowProps {
  readonly draft: DraftRule
  readonly onChange: (next: Partial<DraftRule>) => void
}

function RuleRow({ draft, onChange }: RuleRowProps) {
  const { t } = useTranslation('office')
  const kind = t(`alerts.kind.${draft.kind}`)
  const unit = limitUnits[draft.kind]
  return (
    <tr data-testid={`rule-${draft.kind}`}>
      <td>
        <Check
          label={t('rules.onOf', { kind })}
          isOn={draft.isOn}
          onChange={(isOn) => onChange({ isOn })}
        />
      </td>
      <td>{kind}</td>
      <td>
        {unit !== null && (
          <span className={styles['limit']}>
            <Small
              label={t('rules.limitOf', { kind, unit: t(`alerts.unitName.${unit}`) })}
              value={draft.limit}
              onChange={(limit) => onChange({ limit })}
            />
            {t(`alerts.unitName.${unit}`)}
          </span>
        )}
      </td>
      <td>
        <span className={styles['limit']}>
          <Small
            label={t('rules.hoursFrom', { kind })}
            value={draft.from}
            onChange={(from) => onChange({ from })}
          />
          –
          <Small
            label={t('rules.hoursUntil', { kind })}
            value={draft.until}
            onChange={(until) => onChange({ until })}
          />
        </span>
      </td>
      <td>
        <Check
          label={t('rules.sentOf', { kind })}
          isOn={draft.isSent}
          onChange={(isSent) => onChange({ isSent })}
        />
      </td>
    </tr>
  )
}

interface CheckProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

function Check({ label, isOn, onChange }: CheckProps) {
  return (
    <span className={forms['check']}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </span>
  )
}

interface SmallProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Small({ label, value, onChange }: SmallProps) {
  return (
    <input
      className={styles['small']}
      aria-label={label}
      inputMode="decimal"
      maxLength={9}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
