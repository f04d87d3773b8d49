import type { AppSnapshot } from '../contract/snapshot.ts'

/** What support sees of a running till: states, counts and times. Chosen one by one, so that nothing comes in unseen. */
export function factsOf(snapshot: AppSnapshot): Readonly<Record<string, unknown>> {
  const { queue, connection, updates, backup, scannerConnection, session, shift } = snapshot
  const { runtime, certificate, rescue, obstacle } = snapshot
  return {
    ...runtime,
    mode: snapshot.mode,
    obstacle: obstacle?.code ?? null,
    badge: snapshot.badge,
    connection,
    queue,
    audit: snapshot.audit,
    keyStorage: snapshot.keyStorage,
    clock: snapshot.clock,
    certificateDaysLeft: certificate?.daysLeft ?? null,
    rescue: rescue && { saved: rescue.saved, lost: rescue.lost },
    isStaffed: session.required,
    isShiftOpen: shift.current !== null,
    recordsRevision: snapshot.recordsRevision,
    scanner: snapshot.scanner,
    scannerKind: scannerConnection.kind,
    scannerState: snapshot.scannerState,
    wrapped: snapshot.wrapping.prefixes.length + snapshot.wrapping.urlParameters.length,
    screen: {
      language: snapshot.language,
      theme: snapshot.theme,
      textPercent: snapshot.textPercent,
      compact: snapshot.compact,
      focusBackMs: snapshot.focusBackMs,
      muted: snapshot.muted,
    },
    backup: {
      hasFolder: backup.folder !== null,
      lastAt: backup.lastAt,
      fault: backup.fault,
      hasPassword: backup.hasPassword,
    },
    updates: {
      hasAddress: updates.address !== null,
      found: updates.found?.version ?? null,
      automatic: updates.automatic,
      takenBack: updates.takenBack,
      ...snapshot.updateProgress,
    },
  }
}
