import type { Attempter } from './attempt.ts'
import type { Holds } from './holds.ts'
import type { PeerRedemption } from './peers.ts'
import type { TillStore } from './ports.ts'
import type { Redemption } from './redemption.ts'
import { ShopClaims } from './shop-claims.ts'
import type { Claim } from './shop-lock.ts'
import type { ShopStanding } from './shop-standing.ts'
import type { Tellings } from './tellings.ts'
import type { TillParts } from './till-parts.ts'
import { watched } from './watched-redemptions.ts'

/** What the till has at its counter, once it is made. */
interface AtCounter {
  readonly tellings: Tellings
  readonly attempter: Attempter
  readonly holds: Holds
  readonly onChanged: () => void
}

const shopName = 'shop'

/** What a till does because it is one of several: its claims, the news of the others, and what follows from both. */
export class AmongTills {
  /** The till's store, of which every change is known here. */
  readonly store: TillStore
  /** `null` for a till alone. */
  readonly claims: ShopClaims | null
  readonly #parts: TillParts
  readonly #at: () => AtCounter
  /** What was honoured and turned out to be at another till too, so that it is written once. */
  readonly #lost = new Set<string>()

  constructor(parts: TillParts, at: () => AtCounter) {
    const { store, shopLock = null, clocks, scheduler, onFault } = parts
    this.#parts = parts
    this.#at = at
    if (shopLock === null) {
      this.store = store
      this.claims = null
      return
    }
    const claims = new ShopClaims({
      lock: shopLock,
      redemptions: store.redemptions,
      peers: store.peers,
      elapsed: clocks.elapsed,
      scheduler,
      onChanged: (useRequestNo) => this.#changed(useRequestNo),
      onFault,
    })
    this.claims = claims
    const redemptions = watched(store.redemptions, {
      changed: (redemption) => claims.changed(redemption),
      renewed: (from, to) => claims.renewed(from, to),
    })
    this.store = { ...store, redemptions }
  }

  /** Records what other tills told, and says it where somebody was told otherwise. */
  hear(told: readonly PeerRedemption[]): void {
    const { store } = this.#parts
    const { attempter } = this.#at()
    // This till's own are among them: what it did in a time that its records lost is news to it.
    store.peers.save(told.filter((each) => store.redemptions.find(each.useRequestNo) === null))
    if (this.claims === null) return
    for (const { couponCode, stockId, state, useRequestNo } of told) {
      const found = state === 'returned' ? null : store.redemptions.findByCode(couponCode, stockId)
      const here = found && attempter.latest(found)
      if (here !== null && here.useRequestNo !== useRequestNo) this.#changed(here.useRequestNo)
    }
  }

  /** Takes up the claims of redemptions that were recorded before this start, or came from another till. */
  adopt(): void {
    if (this.claims === null) return
    const undecided = this.store.open.undecided()
    this.claims.adopt(undecided, this.store.told.heldForShop())
    // What is on the screen again is asked for at once, as when it is presented.
    const { tellings } = this.#at()
    for (const redemption of undecided)
      if (redemption.state === 'pending' && tellings.holderOf(redemption.useRequestNo) !== null)
        this.claims.claim(redemption)
  }

  /** What this till has won at the shop's server and still needs. */
  get held(): readonly Claim[] {
    return this.claims?.held ?? []
  }

  stop(): void {
    this.claims?.stop()
  }

  #changed(useRequestNo: string): void {
    const { tellings, attempter, holds, onChanged } = this.#at()
    const redemption = attempter.find(useRequestNo)
    if (redemption?.state !== 'pending' || this.claims === null) return
    const standing = this.claims.of(redemption)
    const audits = this.#auditsOf(redemption, standing)
    const holder = tellings.holderOf(useRequestNo)
    if (holder !== null) {
      // Before the first verdict there is none to change.
      if (holder.verdict !== null || audits.length > 0)
        tellings.speak(holder, redemption, {}, ...audits)
    } else if (audits.length > 0) {
      const saved = attempter.tryAmend(redemption, {}, ...audits)
      if (!saved.ok) this.#parts.onFault(saved.error.cause)
      tellings.callAttention()
    } else if (isGivenElsewhere(standing) && mayBeLetGo(redemption, attempter)) {
      // Nobody is told of it any more, and sending it would take the coupon from the till that gave the discount.
      const release = { how: 'at-other-till', by: shopName, why: 'at-other-till' } as const
      const released = holds.release(redemption, release)
      if (!released.ok) this.#parts.onFault(released.error.cause)
    }
    onChanged()
  }

  /** The audit row of a coupon that was honoured and is at another till too: WeChat Pay decides which of the two is lost. */
  #auditsOf({ useRequestNo, given }: Redemption, standing: ShopStanding) {
    if (given === null || standing.kind !== 'elsewhere' || this.#lost.has(useRequestNo)) return []
    this.#lost.add(useRequestNo)
    const { tillId } = standing
    const at = this.#parts.clocks.now()
    const evidence = { by: shopName, how: 'at-other-till', why: tillId } as const
    return [{ at, event: 'claim-lost', evidence } as const]
  }
}

function isGivenElsewhere(standing: ShopStanding): boolean {
  return standing.kind === 'elsewhere' && standing.how !== 'claimed'
}

/** Whether nothing was given for it here, and no request of it is under way. */
function mayBeLetGo({ given, released, useRequestNo }: Redemption, attempter: Attempter): boolean {
  return given === null && released === null && !attempter.isUnderWay(useRequestNo)
}
