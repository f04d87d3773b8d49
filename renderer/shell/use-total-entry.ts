import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { longestTotal } from '../screens/till/total-dialog.tsx'

const fenPerYuan = 100

/** Nobody types one digit and scans within this time, ms: the digit was the scan's own. */
const pieceMs = 1000

interface Digits {
  /** When the last key went down, by the clock of the keys. */
  readonly at: number
  readonly text: string
}

interface TotalEntry {
  /** What is in the total's field. */
  readonly text: string
  /** It is the order's total, and the first key replaces it: nobody has typed yet. */
  readonly isOld: boolean
  /** A dialog opens: nothing was typed, and the field shows the order's total. */
  readonly begin: () => void
  readonly type: (text: string) => void
  /** Digits were typed where nothing has the focus. `isNew`: they replace what the field showed. */
  readonly append: (digits: string, at: number, isNew: boolean) => void
  /** What a person had typed when a scan came that began at this time; `null`: nothing. */
  readonly typedBefore: (startedAt: number | null) => string | null
  /** Whether the digits are a piece of the scan that was not read. */
  readonly isPieceOf: (startedAt: number | null) => boolean
}

/** Holds what is typed as the order's total, in its field or on the till screen. */
export function useTotalEntry(totalFen: number | null): TotalEntry {
  const [text, setText] = useState('')
  const [isOld, setIsOld] = useState(false)
  const typed = useRef<string | null>(null)
  const digits = useRef<Digits | null>(null)
  const latest = useRef(totalFen)
  useEffect(() => {
    latest.current = totalFen
  })
  const begin = useCallback(() => {
    typed.current = null
    digits.current = null
    setIsOld(latest.current !== null)
    setText(latest.current === null ? '' : String(latest.current / fenPerYuan))
  }, [])
  const type = useCallback((next: string) => {
    typed.current = next
    setIsOld(false)
    setText(next)
  }, [])
  return useMemo(
    () => ({
      text,
      isOld,
      begin,
      type,
      append(added, at, isNew) {
        const next = `${isNew ? '' : text}${added}`.slice(0, longestTotal)
        digits.current = { at, text: next }
        type(next)
      },
      // A slow scanner's first keys may have looked like an amount.
      typedBefore: (startedAt) => (isBefore(digits.current, startedAt) ? typed.current : null),
      isPieceOf(startedAt) {
        if (digits.current === null || startedAt === null) return false
        const { at, text: begun } = digits.current
        const isAlone = begun.length === 1 && startedAt - at <= pieceMs
        return isAlone || !isBefore(digits.current, startedAt)
      },
    }),
    [text, isOld, begin, type],
  )
}

function isBefore(digits: Digits | null, startedAt: number | null): boolean {
  return digits === null || startedAt === null || startedAt > digits.at
}
