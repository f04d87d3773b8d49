import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintOutcome } from '../../main/contract/report-file.ts'
import type { Result } from '../../main/contract/result.ts'

/** What to say of a print: nothing when the person cancelled it, and what to do when it did not work. */
export function usePrint(hasPdf: boolean) {
  const { t } = useTranslation('paper')
  const [said, setSaid] = useState<string | null>(null)

  async function print(asked: Promise<Result<PrintOutcome | null, unknown>>): Promise<void> {
    setSaid(null)
    const reply = await asked
    const outcome = (reply.ok ? reply.value : null) ?? 'failed'
    if (outcome === 'printed') setSaid(t('printed'))
    else if (outcome === 'no-printer') setSaid(t(hasPdf ? 'no-printer' : 'no-printer-here'))
    else if (outcome === 'failed') setSaid(t('notPrinted'))
  }

  return { said, say: setSaid, print }
}
