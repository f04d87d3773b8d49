import type { RequestErrorCode } from '../contract/channels.ts'
import { err, ok, type Result } from '../contract/result.ts'

export function done(): Promise<Result<null, never>> {
  return Promise.resolve(ok(null))
}

/** There is no till to do it. */
export function notAvailable(): Promise<Result<never, { code: RequestErrorCode }>> {
  return Promise.resolve(err({ code: 'not-available' }))
}
