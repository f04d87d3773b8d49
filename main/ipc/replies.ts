import type { RequestError } from '../contract/requests.ts'
import { err, ok, type Result } from '../contract/result.ts'

/** The reply of a request that returns nothing. */
export function done(): Promise<Result<null, never>> {
  return Promise.resolve(ok(null))
}

/** The reply while no till is open, or in the other mode. */
export function notAvailable(): Promise<Result<never, RequestError>> {
  return Promise.resolve(err({ code: 'not-available' }))
}

/**
 * Returns what `work` returns for a part of the till. Fails with `not-available` where the part is missing: while no
 * till is open, or in the other mode.
 */
export async function withPart<P extends object, T>(
  part: P | null | undefined,
  work: (part: P) => T | Promise<T>,
): Promise<Result<T, RequestError>> {
  return part ? ok(await work(part)) : notAvailable()
}
