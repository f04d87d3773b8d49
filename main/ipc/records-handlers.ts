import type { recordsRequests } from '../contract/records-requests.ts'
import type { Application } from '../app/ports.ts'
import { withPart } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles requests about what was recorded: history, figures and reports. */
export function recordsHandlers(
  application: Pick<Application, 'records' | 'shop' | 'reports' | 'papers'>,
): Pick<Handlers, keyof typeof recordsRequests> {
  const { papers, reports } = application
  return {
    'history.search': (query) =>
      withPart(application.records(), (records) => records.search(query)),
    'history.detail': ({ useRequestNo }) =>
      withPart(application.records(), (records) => records.detail(useRequestNo)),
    'history.print': ({ useRequestNo, paper }) =>
      withPart(application.records(), () => {
        const document = papers.ofRedemption(useRequestNo, paper)
        return document === null ? null : reports.print(document)
      }),
    'history.sums': (query) => withPart(application.records(), (records) => records.sums(query)),
    'history.save': (query) =>
      withPart(application.records(), async (records) => {
        const draft = papers.fileOfHistory(await records.rows({ ...query, cursor: null }))
        return draft === null ? null : reports.save(draft)
      }),
    'money.read': (query) => withPart(application.records(), (records) => records.money(query)),
    'money.print': ({ query, paper }) =>
      withPart(application.records(), async (records) => {
        const document = papers.ofMoney(await records.money(query), paper)
        return document === null ? 'failed' : reports.print(document)
      }),
    'money.save': ({ query, file }) =>
      withPart(application.records(), async (records) => {
        const draft = papers.fileOfMoney(await records.money(query), file)
        return draft === null ? null : reports.save(draft)
      }),
    'insights.read': ({ days }) =>
      withPart(application.records(), (records) => records.insights(days)),
    'shift.report': ({ id }) =>
      withPart(application.records(), (records) => {
        const shift = application.shop()?.shifts.find(id) ?? null
        return shift === null ? null : records.report(shift)
      }),
    'shift.outside': () => withPart(application.records(), (records) => records.outsideNow()),
    'report.print': ({ shiftId, paper }) =>
      withPart(application.records(), () => {
        const document = papers.ofShift(shiftId, paper)
        return document === null ? null : reports.print(document)
      }),
    'report.save': ({ shiftId, file }) =>
      withPart(application.records(), () => {
        const draft = papers.fileOfShift(shiftId, file)
        return draft === null ? null : reports.save(draft)
      }),
    'history.names': () => withPart(application.records(), (records) => records.names()),
  }
}
