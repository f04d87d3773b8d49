import type { Mutation } from './mutation.ts'

const enquiry = 'main/redemption/enquiry.ts'
const telling = 'main/redemption/telling.ts'
const tellings = 'main/redemption/tellings.ts'
const speaker = 'main/redemption/speaker.ts'
const counter = 'main/redemption/redeem-at-counter.ts'
const restoring = 'main/redemption/restore-counter.ts'
const holds = 'main/redemption/holds.ts'
const stage = 'main/redemption/stage.ts'
const recorder = 'main/redemption/recorder.ts'
const order = 'main/redemption/order.ts'
const till = 'main/redemption/till.ts'

/** Bugs in presentations: what a cashier is told, about which coupon, and how often. */
export const presentingMutations: readonly Mutation[] = [
  {
    name: 'send before commit',
    file: recorder,
    find: '    const saved = redemptions.insert(redemption, { at, event, evidence: null })\n',
    replace:
      '    const saved = ok(undefined)\n    void Promise.resolve().then(() => redemptions.insert(redemption, { at, event, evidence: null }))\n',
  },
  {
    name: 'a coupon honoured because of silence is shown as given for a settings fault',
    file: telling,
    find: "  if (familyOf(reason) === 'silence') return reason\n",
    replace: '  if (reason) return reason\n',
  },
  {
    name: 'a coupon that a query found unused is shown as settled by a person',
    file: telling,
    find: "      if (redemption.resolution === 'not-redeemed')\n        return say('amber', 'kept-by-customer', 'do-not-give')\n",
    replace: '',
  },
  {
    name: 'after a restart the scan with the latest time counts as the newest',
    file: 'main/store/told-query.ts',
    find: '      return first.steps - second.steps || second.at - first.at || scannedLater\n',
    replace: '      return second.at - first.at\n',
  },
  {
    name: 'after a restart an earlier presentation takes the coupon over',
    file: tellings,
    find: '    if (verdict.given === null && !isRecallWord(verdict.reason))\n',
    replace: '    if (verdict.given === null)\n',
  },
  {
    name: 'after a restart a coupon that was scanned twice is shown twice',
    file: restoring,
    find: '  for (const shown of [...beside, presentation]) tellings.holdAgain(shown)\n',
    replace: '  tellings.holdAgain(presentation)\n',
  },
  {
    name: 'earlier redemptions of a coupon are not looked up',
    file: enquiry,
    find: '    if (earlier && !isOver(earlier)) return this.#again(presentation, earlier)\n',
    replace:
      '    if (earlier?.state === ("none" as string)) return this.#again(presentation, earlier)\n',
  },
  {
    name: 'pending redemptions of a coupon are not looked up',
    file: telling,
    find: "  return state === 'refused' || state === 'returned' || state === 'cancelled' || isNotRedeemed\n",
    replace:
      "  return state === 'refused' || state === 'pending' || state === 'cancelled' || isNotRedeemed\n",
  },
  {
    name: 'an honoured coupon is given again when it is presented again',
    file: telling,
    find: "      return earlier.given === null ? null : { ...no('honoured-here-before'), given: earlier.given }\n",
    replace: '      return null\n',
  },
  {
    name: 'a redeemed coupon is given again when it is presented again',
    file: telling,
    find: "      return earlier.given === null ? null : { ...no('redeemed-here-before'), given: earlier.given }\n",
    replace: '      return null\n',
  },
  {
    name: 'a pending redemption is green',
    file: telling,
    find: "      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])\n",
    replace: "      return say('green', 'redeemed', 'give')\n",
  },
  {
    name: 'an unknown outcome is red',
    file: telling,
    find: "      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])\n",
    replace: '      return no(reason)\n',
  },
  {
    name: 'a settings fault shows "give"',
    file: telling,
    find: "      return say('amber', reason, 'do-not-give', ['keep'])\n",
    replace: "      return { ...say('amber', reason, 'give'), price }\n",
  },
  {
    name: 'the policy honours every coupon that is not decided',
    file: speaker,
    find: "    if (state !== 'pending' || !isSilence || redemption.given !== null) return null\n",
    replace: "    if (state !== 'pending' || redemption.given !== null) return null\n",
  },
  {
    name: 'the policy honours for a customer who has left',
    file: speaker,
    find: '    if (isHonour && !this.#parts.order.isAttended(presentation)) return null\n',
    replace: '',
  },
  {
    name: 'a coupon redeemed after its customer left counts as given',
    file: telling,
    find: 'if (given !== null || mayBeTold)',
    replace: 'if (given !== null || mayBeTold || price !== null)',
  },
  {
    name: 'a coupon below its threshold is green',
    file: telling,
    find: "    return { ...say('amber', 'redeemed-below-threshold', 'do-not-give', ['return']), price }\n",
    replace: "    return { ...say('green', 'redeemed', 'give'), price }\n",
  },
  {
    name: '"give" is not taken back below the threshold',
    file: speaker,
    find: ' return this.keepHeld({ ...redemption, given: null })\n',
    replace: ' return this.keepHeld(redemption)\n',
  },
  {
    name: 'a panel follows a redemption that another presentation took over',
    file: tellings,
    find: '    this.#holders.set(useRequestNo, presentation)\n',
    replace:
      '    if (!this.#holders.has(useRequestNo)) this.#holders.set(useRequestNo, presentation)\n',
  },
  {
    name: 'the total stays for the next customer',
    file: counter,
    find: '    this.#orders.end()\n    this.#stage.clear()\n',
    replace: '    this.#stage.clear()\n',
  },
  {
    name: 'an order never ends by rest',
    file: order,
    find: '    this.#cancelRest = this.#parts.scheduler.after(this.#restMs - restedMs, () => this.#rest())\n',
    replace: '    this.#lastAt = Number.MAX_SAFE_INTEGER\n',
  },
  {
    name: 'when a batch becomes known later, each of its coupons is priced on the whole total',
    file: speaker,
    find: '      given === null || isPricedNow ?',
    replace: '      given === null ?',
  },
  {
    name: 'every coupon of an order is priced on the whole total',
    file: 'main/redemption/order-at-hand.ts',
    find: '    return totalFen == null ? null : Math.max(0, totalFen - this.deductedBeside(presentation))\n',
    replace: '    return totalFen ?? null\n',
  },
  {
    name: 'a supervisor can honour beyond the limits',
    file: 'main/redemption/may-honour.ts',
    find: 'const limit = exceededSum(limits, honoured, honouredValueFen ?? limits.singleFen)',
    replace: 'const limit = null',
  },
  {
    name: 'an unknown value counts as zero',
    file: 'main/store/open-redemption-query.ts',
    find: 'ifnull(sum(ifnull(stake_fen, @unknownFen)), 0) AS fen',
    replace: 'ifnull(sum(stake_fen), 0) + 0 * @unknownFen AS fen',
  },
  {
    name: 'a guessed batch refuses coupons',
    file: enquiry,
    find: '    const refusal = recorder.refusedHere(batch, totalFen)\n',
    replace: "    const refusal = recorder.refusedHere(stockId ?? '12', totalFen)\n",
  },
  {
    name: 'earlier redemptions are looked up without the batch',
    file: 'main/store/redemption-table.ts',
    find: '      AND (@stockId IS NULL OR ifnull(stock_id, @stockId) = @stockId)`\n',
    replace: '      AND (@stockId IS NULL OR true)`\n',
  },
  {
    name: "a merchant's own code is sent without its batch",
    file: recorder,
    find: 'stockId: issued ? null : stockId',
    replace: 'stockId: issued ? null : null',
  },
  {
    name: 'a released coupon found redeemed is not returned',
    file: tellings,
    find: '    const change = this.#parts.holds.followUp(ended)\n',
    replace: '    const change = ended\n',
  },
  {
    name: 'a hold never ends',
    file: holds,
    find: '(heldUntil <= now || heldUntil > now + this.#parts.holdMs)',
    replace: 'heldUntil > now + this.#parts.holdMs',
  },
  {
    name: 'a coupon that may have been redeemed is cancelled when its customer keeps it',
    file: holds,
    find: "    const isWithoutEffect = redemption.state === 'pending' && hadNoEffect(redemption)\n",
    replace: "    const isWithoutEffect = redemption.state === 'pending'\n",
  },
  {
    name: "a further line of a scan hides the coupon's verdict",
    file: stage,
    find: '    const isBeside = shown !== null && isCoupon(shown) && age < burstMs\n',
    replace: '    const isBeside = shown !== null && isCoupon(shown) && age < 0\n',
  },
  {
    name: 'a verdict never ages',
    file: stage,
    find: '    this.#shown.isAged = true\n',
    replace: '',
  },
  {
    name: 'setting the clock ends the order',
    file: till,
    find: '    clocks,\n    random,\n    scheduler,\n    rules,\n    limits,\n',
    replace:
      '    clocks: { ...clocks, elapsed: clock },\n    random,\n    scheduler,\n    rules,\n    limits,\n',
  },
  {
    name: 'setting the clock ends the hold',
    file: holds,
    find: '    if (byMs === 0) return\n',
    replace: '    if (byMs !== Infinity) return\n',
  },
  {
    name: 'a new coupon loses attempts while no reply can be verified',
    file: recorder,
    find: "    return findsOutAboutKey(store.open, clocks.now(), [], 'all') !== null\n",
    replace: "    return findsOutAboutKey(store.open, clocks.now(), [], 'all') === undefined\n",
  },
  {
    name: 'a code redeemed in one batch cannot be redeemed in another',
    file: enquiry,
    find: '.filter(({ stockId }) => stockId !== earlier.stockId)\n',
    replace: ".filter(({ stockId }) => stockId === '')\n",
  },
  {
    name: 'the same verdict is recorded after every attempt',
    file: speaker,
    find: '    if (words === presentation.told) return []\n',
    replace: "    if (words === '') return []\n",
  },
  {
    name: "a restart starts an order's two minutes of rest again",
    file: restoring,
    find: 'orders.resume(order, sinceScanMs)\n',
    replace: 'orders.resume(order, 0)\n',
  },
]
