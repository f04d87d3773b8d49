import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beijingDay, dateOfDay } from '../../../main/contract/beijing-day.ts'
import type { Language } from '../../../main/contract/language.ts'
import { shiftText } from '../../../main/contract/money-text.ts'
import {
  type Money,
  moneyPeriods,
  type MoneyQuery,
  MoneyRange,
} from '../../../main/contract/money.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { Choice } from '../../components/choice.tsx'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import { Picker } from '../../components/picker.tsx'
import styles from './insights-screen.module.css'

const ranges = [...moneyPeriods, 'dates'] as const
const places = ['all', 'in-shifts', 'outside'] as const

interface MoneyControlsProps {
  readonly query: MoneyQuery
  /** The last figures; `null` before the first. */
  readonly money: Money | null
  readonly language: Language
  readonly onQuery: (query: MoneyQuery) => void
  /** What is typed is, or is no longer, two dates of which figures can be had. */
  readonly onWrongDates: (areWrong: boolean) => void
}

/** Which days, and which shifts. */
export function MoneyControls(props: MoneyControlsProps) {
  const { query, money, language, onQuery, onWrongDates } = props
  const { t } = useTranslation('money')
  const { range, place } = query
  const chosen = typeof range === 'string' ? range : 'dates'
  const say = { words: wordsOn(window.till.platform)[language], language }
  const days = money?.days
  return (
    <div className={styles['controls']}>
      <Choice
        label={t('range')}
        value={chosen}
        options={ranges.map((each) => ({ value: each, label: t(`ranges.${each}`) }))}
        onChange={(next) => {
          onWrongDates(false)
          // Two dates begin with those that are shown.
          const today = dateOfDay(beijingDay(money?.at ?? Date.now()))
          const shown = { from: days?.first ?? today, to: days?.last ?? today }
          onQuery({ place: isShift(place) ? 'all' : place, range: next === 'dates' ? shown : next })
        }}
        isRow
      />
      {typeof range !== 'string' && (
        <Dates
          range={range}
          onRange={(next) => onQuery({ ...query, range: next })}
          onWrong={onWrongDates}
        />
      )}
      <Picker
        label={t('place')}
        value={String(place)}
        options={[
          ...places.map((each) => ({ value: each, label: t(`places.${each}`) })),
          ...(money?.shifts ?? []).map((shift) => ({
            value: String(shift.id),
            label: shiftText(shift, say),
          })),
        ]}
        onChange={(value) => {
          const named = places.find((each) => each === value)
          onQuery({ ...query, place: named ?? Number(value) })
        }}
      />
    </div>
  )
}

function isShift(place: MoneyQuery['place']): boolean {
  return typeof place === 'number'
}

interface DatesProps {
  readonly range: { readonly from: string; readonly to: string }
  readonly onRange: (range: { readonly from: string; readonly to: string }) => void
  readonly onWrong: (areWrong: boolean) => void
}

/** Two dates, typed with or without hyphens. They count as soon as both are dates. */
function Dates({ range, onRange, onWrong }: DatesProps) {
  const { t } = useTranslation('money')
  const [typed, setTyped] = useState(range)
  const read = MoneyRange.safeParse({ from: dateOf(typed.from), to: dateOf(typed.to) })
  const isWrong = !read.success
  function type(next: typeof typed): void {
    setTyped(next)
    const dates = { from: dateOf(next.from), to: dateOf(next.to) }
    const isRight = MoneyRange.safeParse(dates).success
    onWrong(!isRight)
    if (isRight) onRange(dates)
  }
  return (
    <div className={styles['dates']}>
      {(['from', 'to'] as const).map((end) => (
        <CodeField
          key={end}
          label={t(end)}
          value={typed[end]}
          maxLength={10}
          allows={(char) => /[\d-]/.test(char)}
          invalid={isWrong}
          onChange={(text) => type({ ...typed, [end]: text })}
        />
      ))}
      {isWrong && (
        <p className={forms['fault']} role="alert" data-testid="bad-dates">
          {t('badDates')}
        </p>
      )}
    </div>
  )
}

function dateOf(text: string): string {
  return text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
}
