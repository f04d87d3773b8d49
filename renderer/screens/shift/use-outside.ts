import { useEffect, useState } from 'react'
import { outsideText } from '../../../main/contract/shift-report-text.ts'
import type { ShiftFigures } from '../../../main/contract/shift-report.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'

/** What was recorded since the last shift ended, in words; `null` where nothing was, and while it is being read. */
export function useOutside({ language, shift, recordsRevision }: AppSnapshot): string | null {
  const [outside, setOutside] = useState<{ readonly figures: ShiftFigures | null } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void window.till.shift.outside({}).then((reply) => {
      if (isCurrent && reply.ok) setOutside({ figures: reply.value })
    })
    return () => {
      isCurrent = false
    }
    // Read anew whenever the records or the shift may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [recordsRevision, shift.current?.id])
  if (outside === null || outside.figures?.stocks.length === 0) return null
  return outsideText(outside.figures, { words: wordsOn(window.till.platform)[language], language })
}
