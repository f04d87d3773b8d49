import type { Result } from '../../main/contract/result.ts'
import { openHandOver } from '../../main/store/hand-over.ts'

/** Opens a file as the till does (there on a thread of its own) and hands what is in it to `take`. */
export function takeFrom<Taken>(
  sealed: Uint8Array,
  password: string,
  take: (entries: Entries) => Taken,
): Taken | Extract<ReturnType<typeof openHandOver>, { ok: false }> {
  const opened = openHandOver(sealed, password)
  return opened.ok ? take(opened.value) : opened
}

type Entries = ReturnType<typeof openHandOver> extends Result<infer E, unknown> ? E : never
