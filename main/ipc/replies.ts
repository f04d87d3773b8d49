import type { RequestError } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'

export function done(): Promise<Result<null, never>> {
  return Promise.resolve(ok(null))
}

/** There is no till to do it. */
export function notAvailable(): Promise<Result<never, RequestError>> {
  return Promise.resolve(err({ code: 'not-available' }))
}

/** Asks a part of the till that is missing behind an obstacle, or in the other mode. */
export async function ask<P extends object, T>(
  part: P | null | undefined,
  work: (part: P) => T | Promise<T>,
): Promise<Result<T, RequestError>> {
  return part ? ok(await work(part)) : notAvailable()
}
