import { clipboard } from 'electron'
import type { recordsRequests } from '../contract/records-requests.ts'
import type { RequestErrorCode } from '../contract/channels.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Records } from '../app/records.ts'
import type { Application } from '../app/ports.ts'
import { done, notAvailable } from './replies.ts'
import type { Handlers } from './router.ts'

/** Looking back. */
export function recordsHandlers(
  application: Pick<Application, 'records' | 'shop' | 'reports'>,
): Pick<Handlers, keyof typeof recordsRequests> {
  async function look<T>(
    work: (records: Records) => T | Promise<T>,
  ): Promise<Result<T, { code: RequestErrorCode }>> {
    const records = application.records()
    return records ? ok(await work(records)) : notAvailable()
  }

  return {
    'history.search': (query) => look((records) => records.search(query)),
    'history.detail': ({ useRequestNo }) => look((records) => records.detail(useRequestNo)),
    'insights.read': ({ days }) => look((records) => records.insights(days)),
    'shift.report': ({ id }) =>
      look((records) => {
        const shift = application.shop()?.shifts.find(id)
        return shift === undefined ? null : records.report(shift)
      }),
    'report.print': async ({ paper }) => ok(await application.reports.print(paper)),
    'report.save': async ({ name, file }) => ok(await application.reports.save(name, file)),
    'app.copyText': async ({ text }) => {
      await clipboard.writeText(text)
      return done()
    },
    'history.names': () => look((records) => records.names()),
  }
}
