import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { RequestError } from '../../main/contract/requests.ts'
import type { Result } from '../../main/contract/result.ts'

export interface Asked<T> {
  /** The last answer, also while the next one is on its way; `null` before the first. */
  readonly value: T | null
  /** The last question was not answered. */
  readonly hasFailed: boolean
  readonly again: () => void
}

/** How often what has failed is asked again by itself. */
const retryMs = 10_000

/** Asks when shown, when `key` changes, and again until it is answered. An answer to an earlier question is dropped. */
export function useAsked<T>(key: string, ask: () => Promise<Result<T, RequestError>>): Asked<T> {
  const [state, setState] = useState<{ value: T | null; hasFailed: boolean }>({
    value: null,
    hasFailed: false,
  })
  const [turn, setTurn] = useState(0)
  const asked = useEffectEvent((_question: string) => ask())
  const question = `${key} ${turn}`
  const again = useCallback(() => setTurn((before) => before + 1), [])
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | null = null
    void asked(question).then((reply) => {
      if (isOver) return
      if (reply.ok) setState({ value: reply.value, hasFailed: false })
      else {
        setState((before) => ({ ...before, hasFailed: true }))
        timer = setTimeout(again, retryMs)
      }
    })
    return () => {
      isOver = true
      if (timer !== null) clearTimeout(timer)
    }
  }, [question, again])
  return { ...state, again }
}

/** How fresh figures have to be: new records come every second, and nobody reads that fast. */
const freshMs = 15_000

/** For the key of what is asked: another text when what is shown has become older than that. */
export function freshness(asOf: number | null): string {
  return String(Math.floor((asOf ?? 0) / freshMs))
}
