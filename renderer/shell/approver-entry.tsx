import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PracticeSupervisor, StaffView } from '../../main/contract/staff.ts'
import { PersonChoice } from '../components/person-choice.tsx'
import { PinField } from '../components/pin-entry.tsx'
import styles from './approver-entry.module.css'
import type { useApprover } from './use-approver.ts'

interface ApproverEntryProps {
  readonly approvers: readonly StaffView[]
  readonly practice: PracticeSupervisor | null
  readonly approver: ReturnType<typeof useApprover>
  /** Enter was pressed in the PIN's field. */
  readonly onPin: () => void
  /** What stands above the people. */
  readonly children?: ReactNode
}

/** The people who may approve something, and the field for the PIN of the one who is chosen. Its button is the dialog's. */
export function ApproverEntry(props: ApproverEntryProps) {
  const { approvers, practice, approver, onPin, children } = props
  const { t } = useTranslation('shell')
  return (
    <div className={styles['columns']}>
      <div className={styles['people']}>
        {children}
        {practice !== null && approvers.some(({ id }) => id === practice.id) && (
          <p data-testid="practice-pin">
            {t('approval.practice', { name: t('approval.practiceName'), pin: practice.pin })}
          </p>
        )}
        <PersonChoice
          label={t('approval.who')}
          staff={approvers}
          chosen={approver.chosen}
          onChoose={approver.choose}
        />
      </div>
      {approver.chosen === null ? (
        <p className={styles['hint']}>{t('approval.hint')}</p>
      ) : (
        <PinField
          key={approver.chosen}
          label={t('pin.label')}
          value={approver.pin}
          fault={approver.fault}
          onChange={approver.type}
          onSubmit={onPin}
        />
      )}
    </div>
  )
}
