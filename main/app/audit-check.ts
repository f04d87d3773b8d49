import type { AppSnapshot } from '../contract/snapshot.ts'
import type { OpenTill } from './open-till.ts'

interface AuditCheckParts {
  readonly till: () => OpenTill | null
  readonly onChanged: () => void
  /** The records of the till that is still open were changed by something else. */
  readonly onTampered: () => void
  readonly onFault: (cause: unknown) => void
}

/**
 * Returns a function that says what is known of the open till's audit trail, and that starts the check of a till that was
 * opened since its last call.
 */
export function createAuditCheck(parts: AuditCheckParts): () => AppSnapshot['audit'] {
  /** The result of checking the audit trail of one open till. */
  let auditCheck: { readonly of: OpenTill; result: AppSnapshot['audit'] } | null = null
  return () => {
    const open = parts.till()
    if (!open) return 'unchecked'
    if (auditCheck?.of === open) return auditCheck.result
    const check: NonNullable<typeof auditCheck> = { of: open, result: 'unchecked' }
    auditCheck = check
    open.checkRecords().then(
      (result) => {
        check.result = result === 'intact' ? 'intact' : 'broken'
        parts.onChanged()
        if (result === 'tampered' && parts.till() === open) parts.onTampered()
      },
      (cause: unknown) => {
        // The till was closed during the check, and the one that is opened after it is checked in its place.
        if (parts.till() === open) parts.onFault(cause)
      },
    )
    return check.result
  }
}
