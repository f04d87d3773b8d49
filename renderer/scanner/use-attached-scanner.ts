import { useEffect, useEffectEvent } from 'react'
import type { AttachedRead, AttachedSource } from '../../main/contract/attached-scanner.ts'
import { codeOfRead } from './attached-read.ts'
import type { RejectReason } from './decision.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { isStandardCouponCode } from './use-scanner.ts'

interface UseAttachedScanner {
  readonly profile: ScannerProfile
  readonly enabled: boolean
  readonly onRead: (text: string, source: AttachedSource) => void
  readonly onRejected: (why: RejectReason) => void
}

/** Reports reads of a serial or HID-POS scanner. The main process reads it whichever window is in front. */
export function useAttachedScanner(options: UseAttachedScanner): void {
  const { enabled } = options
  const heard = useEffectEvent((read: AttachedRead) => {
    const code = codeOfRead(read, options.profile, isStandardCouponCode)
    if (code.ok) options.onRead(code.value.text, read.source)
    else options.onRejected(code.error)
  })
  useEffect(
    () => (enabled ? window.till.scanner.onRead((read) => heard(read)) : undefined),
    [enabled],
  )
}
