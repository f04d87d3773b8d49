import type { ConnectionState } from './connection.ts'
import type { OpenRedemptions } from './ports.ts'

/**
 * Stops the queue again after a restart, if it was stopped for a wrong key: nothing new is sent until an entry that may be
 * redeemed already has found out whether the key is mended.
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
