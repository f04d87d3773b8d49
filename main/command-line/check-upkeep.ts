import { isBackupLate } from '../contract/backup-age.ts'
import type { QueueCounts } from '../store/queue-counts.ts'
import { timeOf } from './checks.ts'
import type { CommandPlace } from './place.ts'
import type { Check, CheckWriter } from './report.ts'

/** What waits for longer than this is somebody's to look at. */
const longWaitMs = 86_400_000

/** What waits for a reply, and what waits for a person. */
export function checkQueue(
  { waiting, review, oldestAt }: QueueCounts,
  now: number,
  write: CheckWriter,
): Check {
  if (waiting === 0 && review === 0)
    return write.line('queue', 'ok', 'queue-empty', { waiting, review })
  const isLong = oldestAt !== null && now - oldestAt > longWaitMs
  const state = review > 0 || isLong ? 'attention' : 'warning'
  const oldest = oldestAt === null ? '–' : timeOf(oldestAt)
  return write.line('queue', state, 'queue-waiting', { waiting, review, oldest })
}

/** Whether there is a backup that is new enough, and opens on another computer. */
export function checkBackup(
  { backup, clock }: Pick<CommandPlace, 'backup' | 'clock'>,
  write: CheckWriter,
): Check {
  const { folder, lastAt, fault, hasPassword, isDeclined } = backup
  const at = lastAt === null ? '–' : timeOf(lastAt)
  if (folder === null && isDeclined)
    return write.line('backup', 'warning', 'backup-declined', { at })
  if (folder === null) return write.line('backup', 'attention', 'backup-none', { at })
  if (fault !== null) return write.line('backup', 'attention', 'backup-failed', { at, fault })
  if (isBackupLate(backup, clock())) return write.line('backup', 'attention', 'backup-late', { at })
  if (!hasPassword) return write.line('backup', 'warning', 'backup-here-only', { at })
  return write.line('backup', 'ok', 'backup-good', { at })
}
