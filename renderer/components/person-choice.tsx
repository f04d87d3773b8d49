import { Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { StaffView } from '../../main/contract/staff.ts'
import styles from './person-choice.module.css'

interface PersonChoiceProps {
  readonly label: string
  readonly staff: readonly StaffView[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** Asks who the person is, with one tile for each member of staff. */
export function PersonChoice({ label, staff, chosen, onChoose }: PersonChoiceProps) {
  const { t } = useTranslation('shell')
  return (
    <RadioGroup
      aria-label={label}
      // With an empty text in place of none, no tile could be reached by keyboard.
      value={chosen}
      onChange={onChoose}
      className={styles['people'] ?? ''}
    >
      {staff.map(({ id, name, role }) => (
        <Radio key={id} value={id} className={styles['person'] ?? ''} data-testid="person-tile">
          <strong>{name}</strong>
          <span className={styles['role']}>{t(`role.${role}`)}</span>
        </Radio>
      ))}
    </RadioGroup>
  )
}
