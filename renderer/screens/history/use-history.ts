import { useEffect, useReducer, useState } from 'react'
import type { HistoryQuery } from '../../../main/contract/history.ts'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import { type Filters, queryOf } from './history-filters.tsx'

interface HistoryList {
  readonly entries: readonly RedemptionView[]
  readonly state: 'loading' | 'more' | 'end' | 'failed'
  readonly loadMore: () => void
}

interface Loaded {
  readonly entries: readonly RedemptionView[]
  readonly cursor: number | null
  readonly isLoading: boolean
  readonly hasFailed: boolean
}

const nothingYet: Loaded = { entries: [], cursor: null, isLoading: true, hasFailed: false }

/** Loads the pages of one query in order. For a new query the caller mounts it under another key. */
export function useHistory(filters: Filters): HistoryList {
  const [loaded, setLoaded] = useState(nothingYet)
  const [turn, nextTurn] = useReducer((count: number) => count + 1, 0)
  const [asked] = useState(() => queryOf(filters, Date.now()))

  useEffect(() => {
    let isCurrent = true
    void readPage(asked, loaded.cursor).then((page) => {
      if (!isCurrent) return
      setLoaded((before) =>
        page
          ? {
              entries: [...before.entries, ...page.entries],
              cursor: page.cursor,
              isLoading: false,
              hasFailed: false,
            }
          : { ...before, isLoading: false, hasFailed: true },
      )
    })
    return () => {
      isCurrent = false
    }
    // Each turn reads one page from where the one before ended.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [asked, turn])

  const { entries, cursor, isLoading, hasFailed } = loaded
  return {
    entries,
    state: isLoading ? 'loading' : hasFailed ? 'failed' : cursor === null ? 'end' : 'more',
    loadMore() {
      if (isLoading || (cursor === null && !hasFailed)) return
      setLoaded({ ...loaded, isLoading: true })
      nextTurn()
    },
  }
}

/** Reads on until a page has entries or the end is reached, since a page may be empty; `null` when a request failed. */
async function readPage(query: Omit<HistoryQuery, 'cursor'>, from: number | null) {
  let cursor = from
  for (;;) {
    const reply = await window.till.history.search({ ...query, cursor })
    if (!reply.ok) return null
    if (reply.value.entries.length > 0 || reply.value.cursor === null) return reply.value
    cursor = reply.value.cursor
  }
}
