import type { Line } from '../line.ts'
import { reportSubject, tillOfSubject } from '../names.ts'
import type { ChainSealing } from '../sealing.ts'
import { TillReport } from './office-messages.ts'

export interface TillReports {
  /** What was last heard of the till with this key. */
  of(key: string): { readonly seenAt: number | null; readonly report: TillReport | null }
  close(): void
}

/** Hears what the shop's tills say of themselves. A record of theirs is a sign of life too. */
export function hearTillReports(
  line: Line,
  sealing: ChainSealing,
  clock: () => number,
): TillReports {
  const seen = new Map<string, number>()
  const reports = new Map<string, TillReport>()
  const stop = line.onUp((session) => {
    session.announced('journal.*.*', (subject) => seen.set(tillOfSubject(subject), clock()))
    session.connection.subscribe(reportSubject('*'), {
      callback(fault, { subject, data }) {
        if (fault !== null) return
        const key = tillOfSubject(subject)
        const report = TillReport.safeParse(sealing.open(subject, data))
        // Whoever has the server can say an older one again.
        if (!report.success || report.data.at <= (reports.get(key)?.at ?? 0)) return
        seen.set(key, clock())
        reports.set(key, report.data)
      },
    })
  })
  return {
    of: (key) => ({ seenAt: seen.get(key) ?? null, report: reports.get(key) ?? null }),
    close: stop,
  }
}
