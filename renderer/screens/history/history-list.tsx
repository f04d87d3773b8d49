import { useEffect, useEffectEvent } from 'react'
import {
  Button,
  ListBox,
  ListBoxItem,
  ListBoxLoadMoreItem,
  ListLayout,
  Virtualizer,
} from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Language } from '../../../main/contract/language.ts'
import buttons from '../../components/buttons.module.css'
import { StateChip } from '../../components/state-chip.tsx'
import { useNow } from '../../components/use-now.ts'
import { formatSum } from '../../format/money.ts'
import { describeStock, discountOf } from '../../format/stock.ts'
import { formatInstant } from '../../format/time.ts'
import type { Filters } from './history-filters.tsx'
import styles from './history-screen.module.css'
import { useHistory } from './use-history.ts'

interface HistoryListProps {
  readonly filters: Filters
  readonly language: Language
  readonly chosen: string | null
  /** The chosen entry as last read, so that its row shows the same as the detail beside it. */
  readonly latest: RedemptionView | null
  readonly onChoose: (useRequestNo: string | null) => void
}

/** Height of a row, in rem: it grows with the text. */
const rowRem = 3

function rowHeight(): number {
  return rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}

/** Draws only the rows in sight, and loads pages ahead of the scrolling. */
export function HistoryList({ filters, language, chosen, latest, onChoose }: HistoryListProps) {
  const { t } = useTranslation('history')
  const { entries, state, loadMore } = useHistory(filters)
  const [only] = state === 'end' && entries.length === 1 ? entries : []
  const open = useEffectEvent((entry: RedemptionView) => {
    if (filters.text !== '' && chosen === null) onChoose(entry.useRequestNo)
  })
  // What was searched for and found alone is what somebody wants to see.
  useEffect(() => {
    if (only !== undefined) open(only)
  }, [only])
  if (state === 'failed' && entries.length === 0)
    return (
      <div className={styles['empty']} role="alert">
        <p>{t('failed')}</p>
        <Button className={buttons['quiet'] ?? ''} onPress={loadMore}>
          {t('retry')}
        </Button>
      </div>
    )
  if (state === 'end' && entries.length === 0)
    return (
      <p className={styles['empty']} data-testid="history-empty">
        {t('empty')}
      </p>
    )
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowHeight() }}>
      <ListBox
        aria-label={t('title')}
        className={styles['list'] ?? ''}
        selectionMode="single"
        // A click on what a search has opened must not close it.
        disallowEmptySelection
        selectedKeys={chosen === null ? [] : [chosen]}
        data-testid="history-list"
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          onChoose(key === undefined ? null : String(key))
        }}
      >
        {entries.map((entry) => (
          <Row
            key={entry.useRequestNo}
            entry={entry.useRequestNo === latest?.useRequestNo ? latest : entry}
            language={language}
          />
        ))}
        <ListBoxLoadMoreItem
          onLoadMore={loadMore}
          isLoading={state === 'loading'}
          className={styles['loading'] ?? ''}
        >
          {t('loading')}
        </ListBoxLoadMoreItem>
      </ListBox>
    </Virtualizer>
  )
}

interface RowProps {
  readonly entry: RedemptionView
  readonly language: Language
}

function Row({ entry, language }: RowProps) {
  const { t } = useTranslation('till')
  const { t: reasonWords } = useTranslation('reasons')
  const { t: historyWords } = useTranslation('history')
  const now = useNow()
  // As the sums above count it, also where it became known after the discount was given.
  const givenFen = entry.given === null ? null : discountOf(entry)
  const what = entry.stock
    ? describeStock(entry.stock, t, language)
    : entry.reason && entry.state !== 'redeemed'
      ? reasonWords(`${entry.reason}.cashier.title`)
      : ''
  return (
    <ListBoxItem
      id={entry.useRequestNo}
      textValue={`${entry.codeTail} ${t(`state.${entry.state}`)} ${what}`}
      className={styles['row'] ?? ''}
      data-testid="history-row"
      data-state={entry.state}
    >
      <time className={styles['time']}>{formatInstant(entry.recordedAt, now, language)}</time>
      <span className={styles['tail']}>{entry.codeTail}</span>
      <span className={styles['what']}>{what}</span>
      <span className={styles['who']}>{entry.cashier}</span>
      <span className={styles['amount']}>
        {givenFen === null ? '' : formatSum(givenFen, language)}
      </span>
      <span className={styles['chips']}>
        {entry.returnRefused && (
          <span className={styles['warning']} data-testid="return-refused">
            {historyWords('returnRefused.chip')}
          </span>
        )}
        {entry.given !== null && (
          <span className={styles['given']} data-testid="discount-given">
            {historyWords('given')}
          </span>
        )}
        <StateChip state={entry.state} />
      </span>
    </ListBoxItem>
  )
}
