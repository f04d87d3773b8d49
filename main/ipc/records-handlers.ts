import type { recordsRequests } from '../contract/records-requests.ts'
import type { ShiftReport } from '../contract/shift-report.ts'
import type { Application } from '../app/ports.ts'
import type { Records } from '../app/records.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles requests about what was recorded: history, figures and reports. */
export function recordsHandlers(
  application: Pick<Application, 'records' | 'shop' | 'reports'>,
): Pick<Handlers, keyof typeof recordsRequests> {
  /** Composed from the records each time; `null` for an unknown shift. */
  function reportOf(records: Records, id: number): ShiftReport | null {
    const shift = application.shop()?.shifts.find(id) ?? null
    return shift === null ? null : records.report(shift)
  }

  return {
    'history.search': (query) =>
      withPart(application.records(), (records) => records.search(query)),
    'history.detail': ({ useRequestNo }) =>
      withPart(application.records(), (records) => records.detail(useRequestNo)),
    'insights.read': ({ days }) =>
      withPart(application.records(), (records) => records.insights(days)),
    'shift.report': ({ id }) => withPart(application.records(), (records) => reportOf(records, id)),
    'report.print': ({ shiftId, paper }) =>
      withPart(application.records(), (records) => {
        const report = reportOf(records, shiftId)
        return report === null ? null : application.reports.print(report, paper)
      }),
    'report.save': ({ shiftId, file }) =>
      withPart(application.records(), (records) => {
        const report = reportOf(records, shiftId)
        return report === null ? null : application.reports.save(report, file)
      }),
    'history.names': () => withPart(application.records(), (records) => records.names()),
  }
}
