import type { Rejected } from './decision.ts'
import type { ScanRun } from './scan-run.ts'

/** Nobody scans again so soon after a rejected scan, ms: it is the rest of that one, or of another scanner's at the same time. */
const restMs = 200

/** Remembers when scans were rejected, because what follows at once may be their rest. */
export class Rejections {
  private latestAt = Number.NEGATIVE_INFINITY

  /** Whether this run may be the rest of a scan that was rejected. */
  mayGoOnIn(run: ScanRun): boolean {
    return this.isRightBehind(run.startedAt)
  }

  /** Notes a rejected scan. One that is rejected for what came before it says nothing against the next. */
  note({ why, startedAt, endedAt }: Rejected): void {
    if (why === 'broken-off' && this.isRightBehind(startedAt)) return
    this.latestAt = endedAt
  }

  private isRightBehind(at: number): boolean {
    return at - this.latestAt <= restMs
  }
}
