import { type LineState, openLine } from '../chain/line.ts'
import type { OfficeKeyFile } from '../chain/office/office-key-file.ts'
import { keyOf } from '../chain/till-key.ts'
import type { AttachFault } from '../contract/office-hub.ts'

const patienceMs = 10_000
const lookMs = 50

const faultOf: Partial<Record<LineState, AttachFault['code']>> = {
  'other-server': 'other-hub',
  expired: 'expired',
  'not-admitted': 'refused',
}

/** Asks the hub whether it lets this office in. Returns `null` where it does. */
export async function tryHub({
  address,
  authority,
  seed,
}: OfficeKeyFile): Promise<AttachFault | null> {
  const line = openLine({
    address,
    authority,
    seed,
    key: keyOf(seed),
    random: Math.random,
    onFault: () => undefined,
  })
  try {
    const until = performance.now() + patienceMs
    while (performance.now() < until) {
      const state = line.state()
      if (state === 'up') return null
      const code = faultOf[state]
      if (code !== undefined) return { code }
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
    return { code: 'no-answer' }
  } finally {
    await line.close()
  }
}
