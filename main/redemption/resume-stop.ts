import type { ConnectionState } from './connection.ts'
import type { OpenRedemptions } from './ports.ts'

/**
 * The queue was stopped for a wrong key, and the program ended: what waits unsent stays so until one of those that were
 * perhaps redeemed already has found out whether the key is mended.
 */
export function resumeStop(
  open: Pick<OpenRedemptions, 'undecided'>,
  connection: ConnectionState,
): void {
  const blockedBy = 'wechatpay-key-wrong'
  const isStopped = open
    .undecided()
    .some(
      ({ state, reason, uncertain }) => state === 'pending' && uncertain && reason === blockedBy,
    )
  if (isStopped) connection.recordContact({ reached: false, blockedBy, latencyMs: 0 })
}
