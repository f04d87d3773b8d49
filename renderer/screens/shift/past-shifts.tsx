import { useEffect, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Shift } from '../../../main/contract/shift.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatDateTime } from '../../format/time.ts'
import { nameOf } from './shift-desk.tsx'
import styles from './shift-screen.module.css'

interface PastShiftsProps {
  readonly chosen: number | null
  readonly language: Language
  readonly onChoose: (id: number) => void
}

/** The last fifty shifts, newest first. */
export function PastShifts({ chosen, language, onChoose }: PastShiftsProps) {
  const { t } = useTranslation('shift')
  const [shifts, setShifts] = useState<readonly Shift[] | null>(null)
  useEffect(() => {
    void window.till.shift.list({ beforeId: null }).then((reply) => {
      if (reply.ok) setShifts(reply.value)
    })
  }, [])
  if (shifts === null || shifts.length === 0) return null
  return (
    <ListBox
      aria-label={t('past')}
      className={styles['past'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys]
        if (typeof key === 'number') onChoose(key)
      }}
    >
      {shifts.map((shift) => (
        <ListBoxItem
          key={shift.id}
          id={shift.id}
          textValue={shift.openedBy}
          className={styles['pastShift'] ?? ''}
          data-testid="past-shift"
        >
          <strong>{nameOf(shift.openedBy, t('nobody'))}</strong>
          <span>{formatDateTime(shift.openedAt, language)}</span>
          <span>
            {shift.closedAt === null ? t('running') : formatDateTime(shift.closedAt, language)}
          </span>
        </ListBoxItem>
      ))}
    </ListBox>
  )
}
