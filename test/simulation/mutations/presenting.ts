import type { Mutation } from './mutation.ts'

const enquiry = 'main/redemption/enquiry.ts'
const telling = 'main/redemption/telling.ts'
const tellings = 'main/redemption/tellings.ts'
const speaker = 'main/redemption/speaker.ts'
const counter = 'main/redemption/redeem-at-counter.ts'
const holds = 'main/redemption/holds.ts'
const stage = 'main/redemption/stage.ts'
const recorder = 'main/redemption/recorder.ts'
const order = 'main/redemption/order.ts'
const till = 'main/redemption/till.ts'

/** From the scan to the last word about it: what a cashier is told, of what, and how often. */
export const presentingMutations: readonly Mutation[] = [
  {
    name: 'send before commit',
    file: recorder,
    find: '    const saved = store.insert(redemption, { at, event, evidence: null })\n',
    replace:
      '    const saved = ok(undefined)\n    void Promise.resolve().then(() => store.insert(redemption, { at, event, evidence: null }))\n',
  },
  {
    name: 'what was given for a silence is told as given for a fault of the settings',
    file: telling,
    find: "  if (familyOf(reason) === 'silence') return reason\n",
    replace: '  if (reason) return reason\n',
  },
  {
    name: 'a coupon that was found unused is told of as dealt with by hand',
    file: telling,
    find: "      if (redemption.resolution === 'not-redeemed')\n        return say('amber', 'kept-by-customer', 'do-not-give')\n",
    replace: '',
  },
  {
    name: 'after a restart the newest scan is the one with the latest time',
    file: 'main/store/told-query.ts',
    find: '      return first.steps - second.steps || second.at - first.at || scannedLater\n',
    replace: '      return second.at - first.at\n',
  },
  {
    name: 'after a restart whoever was told of a coupon before speaks for it',
    file: counter,
    find: '    if (redemption !== null && given === null && !isRecallWord(reason))\n',
    replace: '    if (redemption !== null && given === null)\n',
  },
  {
    name: 'ignore the recall',
    file: enquiry,
    find: '    if (earlier && !isOver(earlier)) return this.#again(presentation, earlier)\n',
    replace:
      '    if (earlier?.state === ("none" as string)) return this.#again(presentation, earlier)\n',
  },
  {
    name: 'recall forgets what is pending',
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
    name: 'green for what is still pending',
    file: telling,
    find: "      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])\n",
    replace: "      return say('green', 'redeemed', 'give')\n",
  },
  {
    name: 'red for what is unknown',
    file: telling,
    find: "      return say('amber', reason, 'not-yet', ['wait', 'keep', 'honour'])\n",
    replace: '      return no(reason)\n',
  },
  {
    name: 'a settings fault says give',
    file: telling,
    find: "      return say('amber', reason, 'do-not-give', ['keep'])\n",
    replace: "      return { ...say('amber', reason, 'give'), price }\n",
  },
  {
    name: 'the policy honours whatever is not decided',
    file: speaker,
    find: "    if (state !== 'pending' || !isSilence || redemption.given !== null) return null\n",
    replace: "    if (state !== 'pending' || redemption.given !== null) return null\n",
  },
  {
    name: 'the policy honours for a customer who has left',
    file: speaker,
    find: '    if (isHonour && !this.#parts.isAttended(presentation)) return null\n',
    replace: '',
  },
  {
    name: 'what turns redeemed behind the back of the counter counts as given',
    file: telling,
    find: 'if (given !== null || isAttended)',
    replace: 'if (given !== null || isAttended || price !== null)',
  },
  {
    name: 'below the threshold is green all the same',
    file: telling,
    find: "    return { ...say('amber', 'redeemed-below-threshold', 'do-not-give', ['return']), price }\n",
    replace: "    return { ...say('green', 'redeemed', 'give'), price }\n",
  },
  {
    name: 'giving below the threshold is not taken back',
    file: speaker,
    find: ' return this.keepInMind({ ...redemption, given: null })\n',
    replace: ' return this.keepInMind(redemption)\n',
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
    name: 'an order never rests',
    file: order,
    find: '    this.#cancelRest = this.#parts.scheduler.after(orderRestMs - restedMs, () => this.#rest())\n',
    replace: '    this.#lastAt = Number.MAX_SAFE_INTEGER\n',
  },
  {
    name: 'what becomes known of a batch later prices each of its coupons on the same total',
    file: speaker,
    find: '    const totalFen = given === null || isPricedNow ?',
    replace: '    const totalFen = given === null ?',
  },
  {
    name: 'every coupon of an order is priced on the whole total',
    file: counter,
    find: '    return totalFen == null ? null : Math.max(0, totalFen - this.#deductedBeside(presentation))\n',
    replace: '    return totalFen ?? null\n',
  },
  {
    name: 'a supervisor honours past the limits',
    file: 'main/redemption/may-honour.ts',
    find: 'const isTooMuch = exceedsSum(limits, open, stakeFen ?? limits.singleFen)',
    replace: 'const isTooMuch = false',
  },
  {
    name: 'a value that nobody knows counts as nothing',
    file: 'main/store/redemption-table.ts',
    find: 'ifnull(sum(ifnull(stake_fen, @unknownFen)), 0) AS fen',
    replace: 'ifnull(sum(stake_fen), 0) + 0 * @unknownFen AS fen',
  },
  {
    name: 'a guessed batch refuses',
    file: enquiry,
    find: '    const refusal = recorder.refusedHere(batch, totalFen)\n',
    replace: "    const refusal = recorder.refusedHere(stockId ?? '12', totalFen)\n",
  },
  {
    name: 'recall forgets the batch',
    file: 'main/store/redemption-table.ts',
    find: '      AND (@stockId IS NULL OR ifnull(stock_id, @stockId) = @stockId)`\n',
    replace: '      AND (@stockId IS NULL OR true)`\n',
  },
  {
    name: 'the batch is left out of a merchant code',
    file: recorder,
    find: 'stockId: issued ? null : stockId',
    replace: 'stockId: issued ? null : null',
  },
  {
    name: 'what is released and redeemed is kept',
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
    name: 'what may have had an effect is cancelled when its customer keeps it',
    file: holds,
    find: "    const isWithoutEffect = redemption.state === 'pending' && hadNoEffect(redemption)\n",
    replace: "    const isWithoutEffect = redemption.state === 'pending'\n",
  },
  {
    name: 'no coupon wipes off the verdict of the coupon beside it',
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
    name: 'a clock that is set right ends the order',
    file: till,
    find: '    elapsed: times.elapsed,\n    attempter,\n    holds,\n',
    replace: '    elapsed: clock,\n    attempter,\n    holds,\n',
  },
  {
    name: 'a clock that is set right ends the hold',
    file: holds,
    find: '    if (byMs === 0) return\n',
    replace: '    if (byMs !== Infinity) return\n',
  },
  {
    name: 'a new coupon is spent while no reply can be verified',
    file: recorder,
    find: "    return findsOutAboutKey(store, clock(), [], 'all') !== undefined\n",
    replace: "    return findsOutAboutKey(store, clock(), [], 'all') === null\n",
  },
  {
    name: 'a code that was redeemed in one batch can be of no other',
    file: enquiry,
    find: '.filter(({ stockId }) => stockId !== earlier.stockId)\n',
    replace: ".filter(({ stockId }) => stockId === '')\n",
  },
  {
    name: 'the same word is written down after every attempt',
    file: speaker,
    find: '    if (words === presentation.told) return []\n',
    replace: "    if (words === '') return []\n",
  },
  {
    name: 'a restart gives a resting order its two minutes anew',
    file: counter,
    find: 'this.#orders.resume({ orderNo: seen.orderNo, totalFen }, sinceScanMs)\n',
    replace: 'this.#orders.resume({ orderNo: seen.orderNo, totalFen }, 0)\n',
  },
]
