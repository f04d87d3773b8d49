import type { History } from './history.ts'
import type { TillFile } from './till-file.ts'

interface Sender {
  readonly id: string
  readonly history: History
  readonly onViolation: (what: string) => void
}

/** Checks that what a till sends is in its file. */
export function checkBeforeSend(
  { id, history, onViolation }: Sender,
  witness: TillFile,
  body: Uint8Array,
): void {
  const text = new TextDecoder().decode(body)
  const [, useRequestNo = ''] = /"(?:use|return)_request_no":"([^"]+)"/.exec(text) ?? []
  history.add(id, `sends ${useRequestNo}`)
  if (!witness.has(useRequestNo)) onViolation(`${id} sent ${useRequestNo} before it was committed`)
}
