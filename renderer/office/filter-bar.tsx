import { type ReactNode, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficeFilter, OfficeScope } from '../../main/contract/office.ts'
import buttons from '../components/buttons.module.css'
import { Choice } from '../components/choice.tsx'
import { CodeField } from '../components/code-field.tsx'
import forms from '../components/forms.module.css'
import { Picker } from '../components/picker.tsx'
import { ShopPicker } from './shop-picker.tsx'
import styles from './office.module.css'
import { datesOf, type Period, periods, readDates, type Sight } from './period.ts'

interface FilterBarProps {
  readonly sight: Sight
  readonly filter: OfficeFilter
  readonly scope: OfficeScope | null
  readonly onSight: (sight: Sight) => void
  /** More to choose by, and what can be done with what is shown. */
  readonly children?: ReactNode
}

/** Stands for all of them in a list. An empty text is a batch's: that of coupons without one. */
const all = '*'

/** Time, shop, batch and hour of what is shown. */
export function FilterBar({ sight, filter, scope, onSight, children }: FilterBarProps) {
  const { t } = useTranslation('office')
  const { period } = sight
  return (
    <div className={styles['filters']} data-testid="filters">
      <Choice
        label={t('filter.period')}
        value={typeof period === 'string' ? period : 'dates'}
        options={([...periods, 'dates'] as const).map((each) => ({
          value: each,
          label: t(`filter.${each}`),
        }))}
        onChange={(next) =>
          onSight({ ...sight, period: next === 'dates' ? datesOf(filter) : next })
        }
        isRow
      />
      {typeof period !== 'string' && (
        <Dates period={period} onPeriod={(next) => onSight({ ...sight, period: next })} />
      )}
      <ShopPicker sight={sight} scope={scope} onSight={onSight} />
      <Picker
        label={t('filter.stock')}
        value={sight.stockId ?? all}
        options={[
          { value: all, label: t('filter.allStocks') },
          ...(scope?.stocks ?? []).map(({ stockId, name }) => ({
            value: stockId,
            label: name ?? stockId,
          })),
          { value: '', label: t('filter.noStock') },
        ]}
        onChange={(value) => onSight({ ...sight, stockId: value === all ? null : value })}
      />
      {sight.hour !== null && (
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="all-hours"
          onPress={() => onSight({ ...sight, hour: null })}
        >
          {t('filter.hour', hourRange(sight.hour))} · {t('filter.hourOff')}
        </Button>
      )}
      {children}
    </div>
  )
}

/** From and until of an hour, as by the clock. */
export function hourRange(hour: number): { readonly from: string; readonly until: string } {
  return { from: `${hour}:00`, until: `${hour + 1}:00` }
}

interface DatesProps {
  readonly period: Exclude<Period, string>
  readonly onPeriod: (period: Period) => void
}

/** Two dates, typed. They count as soon as both are dates. */
function Dates({ period, onPeriod }: DatesProps) {
  const { t } = useTranslation('office')
  const [typed, setTyped] = useState(period)
  const isWrong = readDates(typed) === null
  return (
    <div className={styles['dates']}>
      {(['from', 'to'] as const).map((end) => (
        <CodeField
          key={end}
          label={t(`filter.${end}`)}
          value={typed[end]}
          maxLength={10}
          allows={(char) => /[\d-]/.test(char)}
          invalid={isWrong}
          onChange={(text) => {
            const next = { ...typed, [end]: text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') }
            setTyped(next)
            if (readDates(next) !== null) onPeriod(next)
          }}
        />
      ))}
      {isWrong && (
        <p className={forms['fault']} role="alert" data-testid="bad-dates">
          {t('filter.badDates')}
        </p>
      )}
    </div>
  )
}
