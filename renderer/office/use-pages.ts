import { useState } from 'react'
import type { RequestError } from '../../main/contract/requests.ts'
import type { Result } from '../../main/contract/result.ts'
import { type Asked, useAsked } from './use-asked.ts'

interface Page {
  readonly entries: readonly unknown[]
  readonly cursor: string | null
}

type EntryOf<P extends Page> = P['entries'][number]

interface Pages<P extends Page> {
  readonly first: Asked<P>
  /** The entries of all pages that were read. */
  readonly entries: readonly EntryOf<P>[]
  readonly hasMore: boolean
  readonly readMore: () => Promise<void>
}

/** A list that is read page by page. With another `key` it begins anew; what was read is kept while the first page is fresh. */
export function usePages<P extends Page>(
  key: string,
  ask: (cursor: string | null) => Promise<Result<P, RequestError>>,
): Pages<P> {
  const first = useAsked(key, () => ask(null))
  const [further, setFurther] = useState<{
    readonly after: P
    readonly entries: readonly EntryOf<P>[]
    readonly cursor: string | null
  } | null>(null)
  const { value } = first
  // Pages after a first page that has changed would leave out what came between.
  const rest = further !== null && further.after === value ? further : null
  const cursor = rest === null ? (value?.cursor ?? null) : rest.cursor
  return {
    first,
    entries: [...(value?.entries ?? []), ...(rest?.entries ?? [])],
    hasMore: cursor !== null,
    async readMore() {
      if (value === null || cursor === null) return
      const reply = await ask(cursor)
      if (!reply.ok) {
        first.again()
        return
      }
      const page = reply.value
      setFurther({
        after: value,
        entries: [...(rest?.entries ?? []), ...page.entries],
        cursor: page.cursor,
      })
    },
  }
}
