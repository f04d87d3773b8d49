import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'react-aria-components'
import { everyRedemption, type HistoryQuery } from '../../../main/contract/history.ts'
import { RedemptionState } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import type { RequestOutput } from '../../../main/contract/api.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Picker } from '../../components/picker.tsx'
import type { MoneyPart } from './history-opening.ts'
import styles from './history-screen.module.css'

const states = [...RedemptionState.options, 'return-refused'] as const
const periods = ['all', 'today', 'yesterday', 'week', 'month'] as const
type Period = (typeof periods)[number]

export interface Filters {
  readonly text: string
  readonly state: (typeof states)[number] | null
  readonly stockId: string | null
  readonly cashier: string | null
  readonly period: Period
  /** What the money page led to; its times take the place of `period`. Batch and cashier are in the filters of their own. */
  readonly part: Omit<MoneyPart, 'stockId' | 'cashier'> | null
}

export const noFilters: Filters = {
  text: '',
  state: null,
  stockId: null,
  cashier: null,
  period: 'all',
  part: null,
}

/** What a part of the money page is as filters. */
export function filtersOf({ stockId, cashier, ...part }: MoneyPart): Filters {
  return { ...noFilters, stockId, cashier, part }
}

const dayMs = 86_400_000
const daysBack = { week: 6, month: 29 }

/** Returns the query for these filters. Days are those of this computer's calendar. */
export function queryOf(filters: Filters, now: number): Omit<HistoryQuery, 'cursor'> {
  const today = new Date(now).setHours(0, 0, 0, 0)
  const { text, state, stockId, cashier, period, part } = filters
  const range =
    part !== null
      ? { from: part.days?.from ?? null, until: part.days && part.days.until - 1 }
      : period === 'all'
        ? { from: null, until: null }
        : period === 'today'
          ? { from: today, until: null }
          : period === 'yesterday'
            ? { from: new Date(today - dayMs / 2).setHours(0, 0, 0, 0), until: today - 1 }
            : { from: new Date(today - daysBack[period] * dayMs).setHours(0, 0, 0, 0), until: null }
  const isReturnRefused = state === 'return-refused'
  const chosen = state === null || isReturnRefused ? [] : [state]
  const { hour, place, money, about } = part ?? everyRedemption
  return {
    text,
    states: chosen,
    isReturnRefused,
    stockId,
    cashier,
    ...range,
    hour,
    place,
    money,
    about,
  }
}

/** In the lists, what stands for redemptions without a batch, or without a cashier; and for a part's own times. */
const none = '(none)'
const partPeriod = 'part'

function valueOf(chosen: string | null): string {
  return chosen === '' ? none : (chosen ?? '')
}

function chosenOf(value: string): string | null {
  return value === none ? '' : value === '' ? null : value
}

/** A batch that WeChat Pay has not described is in the list while it is chosen. */
function missing(stockId: string | null, known: readonly string[]) {
  const isMissing = stockId !== null && stockId !== '' && !known.includes(stockId)
  return isMissing ? [{ value: stockId, label: stockId }] : []
}

/** The dates of a part of the money page; `null` for any time. */
function datesOf({ days }: Pick<MoneyPart, 'days'>): string | null {
  if (days === null) return null
  return days.first === days.last ? days.first : `${days.first} – ${days.last}`
}

interface HistoryFiltersProps {
  readonly filters: Filters
  readonly language: Language
  readonly onChange: (filters: Filters) => void
}

/** Typed text is applied on Enter; everything else at once. */
export function HistoryFilters({ filters, onChange }: HistoryFiltersProps) {
  const { t } = useTranslation(['history', 'till'])
  const [typed, setTyped] = useState({ of: filters.text, text: filters.text })
  const [names, setNames] = useState<RequestOutput<'history.names'>>({ stocks: [], cashiers: [] })
  useEffect(() => {
    void window.till.history.names({}).then((reply) => {
      if (reply.ok) setNames(reply.value)
    })
  }, [])
  // A scan replaces the typed text.
  const text = typed.of === filters.text ? typed.text : filters.text
  return (
    <search className={styles['filters']}>
      <CodeField
        label={t('search')}
        value={text}
        maxLength={64}
        onChange={(next) => setTyped({ of: filters.text, text: next })}
        onSubmit={(next) => onChange({ ...filters, text: next.trim() })}
        takesFocus
      />
      <Picker
        label={t('filter.state')}
        value={filters.state ?? 'all'}
        options={[
          { value: 'all', label: t('filter.all') },
          ...RedemptionState.options.map((state) => ({
            value: state,
            label: t(`till:state.${state}`),
          })),
          { value: 'return-refused', label: t('filter.returnRefused') },
        ]}
        onChange={(value) => {
          onChange({ ...filters, state: states.find((each) => each === value) ?? null })
        }}
      />
      <Picker
        label={t('filter.period')}
        value={filters.part === null ? filters.period : partPeriod}
        options={[
          ...(filters.part === null
            ? []
            : [{ value: partPeriod, label: datesOf(filters.part) ?? t('period.all') }]),
          ...periods.map((period) => ({ value: period, label: t(`period.${period}`) })),
        ]}
        onChange={(value) => {
          const period = periods.find((each) => each === value)
          if (period !== undefined) onChange({ ...filters, period, part: null })
        }}
      />
      <Picker
        label={t('filter.stock')}
        value={valueOf(filters.stockId)}
        options={[
          { value: '', label: t('filter.all') },
          ...names.stocks.map(({ stockId, name }) => ({ value: stockId, label: name })),
          ...missing(
            filters.stockId,
            names.stocks.map(({ stockId }) => stockId),
          ),
          { value: none, label: t('scope.noStock') },
        ]}
        onChange={(value) => onChange({ ...filters, stockId: chosenOf(value) })}
      />
      <Picker
        label={t('filter.cashier')}
        value={valueOf(filters.cashier)}
        options={[
          { value: '', label: t('filter.all') },
          ...names.cashiers.map((name) => ({ value: name, label: name })),
          { value: none, label: t('scope.nobody') },
        ]}
        onChange={(value) => onChange({ ...filters, cashier: chosenOf(value) })}
      />
      <Button className={buttons['quiet'] ?? ''} onPress={() => onChange(noFilters)}>
        {t('filter.clear')}
      </Button>
    </search>
  )
}
