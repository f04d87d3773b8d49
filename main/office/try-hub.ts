import type { LineState } from '../chain/line.ts'
import type { OfficeKeyFile } from '../chain/office/office-key-file.ts'
import { tryLine } from '../chain/try-line.ts'
import type { AttachFault } from '../contract/office-hub.ts'

const patienceMs = 10_000

const faultOf: Partial<Record<LineState, AttachFault['code']>> = {
  'other-server': 'other-hub',
  expired: 'expired',
  'not-admitted': 'refused',
}

/** Asks the hub whether it lets this office in. Returns `null` where it does. */
export async function tryHub({ seed, ...hub }: OfficeKeyFile): Promise<AttachFault | null> {
  const state = await tryLine(hub, seed, patienceMs)
  return state === 'up' ? null : { code: faultOf[state] ?? 'no-answer' }
}
