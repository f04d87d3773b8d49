import type { Claim, ClaimResult, ShopLock } from '../redemption/shop-lock.ts'
import { claimAt, lookAt, type AskParts } from './claims.ts'
import type { Line } from './line.ts'
import type { Releases } from './releases.ts'
import type { Session } from './session.ts'
import type { Standing } from './standing.ts'

/** How long a cashier waits at most for the shop's server. One that answers takes a few milliseconds. */
export const claimMs = 600
/** A timer may be early by a fraction, and late by more. */
const timerSlackMs = 50

export interface LockParts {
  readonly line: Line
  readonly standing: Standing
  readonly releases: Releases
  readonly asking: (session: Session, incarnation: string, timeoutMs: number) => AskParts
  readonly onFault: (cause: unknown) => void
}

const unanswered: ClaimResult = { outcome: 'unanswered' }

/** Nothing of a claim is kept here: the till's own records say what it claimed, and the server who has it. */
export function createShopLock(parts: LockParts): ShopLock {
  const { line, standing, releases, onFault } = parts

  async function claim(claimed: Claim): Promise<ClaimResult> {
    const session = line.session()
    const incarnation = standing.incarnation()
    // Nobody waits for a server that is not there.
    if (session === null || incarnation === null) return unanswered
    const asking = parts.asking(session, incarnation, claimMs)
    const isOpen = standing.kind() === 'open'
    const asked = await (isOpen ? claimAt(asking, claimed) : lookAt(asking, claimed))
    const isLate = performance.now() > asking.deadline - timerSlackMs
    if (asked.outcome === 'unanswered' && isLate && !session.connection.isClosed()) line.suspect()
    return asked.outcome === 'vacant' ? unanswered : asked
  }

  return {
    claim: (claimed) =>
      claim(claimed).catch((cause: unknown) => {
        onFault(cause)
        return unanswered
      }),
    release: (claimed) => releases.add(claimed),
  }
}
