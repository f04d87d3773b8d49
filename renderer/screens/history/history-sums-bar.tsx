import { FileSpreadsheet, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { HistorySums } from '../../../main/contract/history.ts'
import { moneySumText } from '../../../main/contract/money-text.ts'
import type { MoneyKind } from '../../../main/contract/money.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import buttons from '../../components/buttons.module.css'
import { type Filters, queryOf } from './history-filters.tsx'
import styles from './history-screen.module.css'

interface HistorySumsBarProps {
  readonly filters: Filters
  readonly snapshot: AppSnapshot
  /** Shows more than the part of the money page that is shown. */
  readonly onAll: () => void
}

/** How many coupons the filters find and what they add up to, also beyond the rows that are loaded; and their export. */
export function HistorySumsBar({ filters, snapshot, onAll }: HistorySumsBarProps) {
  const { t } = useTranslation(['history', 'money'])
  const { language, recordsRevision } = snapshot
  const [sums, setSums] = useState<HistorySums | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    let isCurrent = true
    const query = { ...queryOf(filters, Date.now()), cursor: null }
    void window.till.history.sums(query).then((reply) => {
      if (isCurrent && reply.ok) setSums(reply.value)
    })
    return () => {
      isCurrent = false
    }
    // The revision is not used, only watched: whenever it changes, the sums may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [filters, recordsRevision])

  async function save(): Promise<void> {
    const reply = await window.till.history.save({
      ...queryOf(filters, Date.now()),
      cursor: null,
    })
    if (!reply.ok) setSaid(t('notExported'))
    else if (reply.value !== null) setSaid(t('exported', { path: reply.value }))
  }

  const say = { words: wordsOn(window.till.platform)[language], language }
  const textOf = (kind: MoneyKind | 'given'): string =>
    sums === null ? '' : moneySumText(sums.money[kind], say)
  const part = partWords(filters, {
    money: (kind) => t(`money:${kind}`),
    about: (about) => t(`scope.${about}`),
    hour: (hour) => t('scope.hour', { from: hour, to: hour + 1 }),
  })
  return (
    <div className={styles['sums']}>
      {part !== '' && (
        <Button className={buttons['quiet'] ?? ''} data-testid="history-part" onPress={onAll}>
          {t('shownOnly', { what: part })}
          <X aria-hidden size={16} />
        </Button>
      )}
      {sums !== null && (
        <>
          <strong data-testid="history-sums">
            {t('sums', { count: sums.count, amount: textOf('given') })}
          </strong>
          <span className={styles['sumsParts']}>
            {t('sumsParts', {
              confirmed: textOf('confirmed'),
              open: textOf('open'),
              lost: textOf('lost'),
              returned: textOf('returned'),
            })}
          </span>
        </>
      )}
      <span className={styles['space']} />
      {said !== null && <output data-testid="history-saved">{said}</output>}
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="history-csv"
        onPress={() => void save()}
      >
        <FileSpreadsheet aria-hidden size={18} />
        {t('export')}
      </Button>
    </div>
  )
}

/** What narrows the list beside the filters in sight; empty when nothing does. */
function partWords(
  { part }: Filters,
  say: {
    readonly money: (kind: MoneyKind) => string
    readonly about: (about: 'booked-here' | 'booked-elsewhere') => string
    readonly hour: (hour: number) => string
  },
): string {
  if (part === null) return ''
  const { place, placeText, about, money, hour } = part
  return [
    ...(place === 'all' ? [] : [placeText]),
    ...(about === 'recorded' ? [] : [say.about(about)]),
    ...(money === null ? [] : [say.money(money)]),
    ...(hour === null ? [] : [say.hour(hour)]),
  ].join(' · ')
}
