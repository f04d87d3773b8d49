import type { recordsRequests } from '../contract/records-requests.ts'
import { ok } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './router.ts'

/** Handles requests about what was recorded: history, figures and reports. */
export function recordsHandlers(
  application: Pick<Application, 'records' | 'shop' | 'reports'>,
): Pick<Handlers, keyof typeof recordsRequests> {
  return {
    'history.search': (query) =>
      withPart(application.records(), (records) => records.search(query)),
    'history.detail': ({ useRequestNo }) =>
      withPart(application.records(), (records) => records.detail(useRequestNo)),
    'insights.read': ({ days }) =>
      withPart(application.records(), (records) => records.insights(days)),
    'shift.report': ({ id }) =>
      withPart(application.records(), (records) => {
        const shift = application.shop()?.shifts.find(id) ?? null
        return shift === null ? null : records.report(shift)
      }),
    'report.print': async ({ paper }) => ok(await application.reports.print(paper)),
    'report.save': async ({ name, file }) => ok(await application.reports.save(name, file)),
    'history.names': () => withPart(application.records(), (records) => records.names()),
  }
}
