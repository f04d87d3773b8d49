import type { Mutation } from './mutation.ts'

const settle = 'main/redemption/settle.ts'
const found = 'main/redemption/settle-found.ts'
const reconcile = 'main/redemption/reconcile.ts'
const couponCheck = 'main/redemption/coupon-check.ts'
const desk = 'main/redemption/review-orders.ts'
const lesson = 'main/redemption/replay-lesson.ts'
const attempt = 'main/redemption/attempt.ts'

/** Returns, what a person decides, and what the till learns. */
export const decidingMutations: readonly Mutation[] = [
  {
    name: 'a refusal of a return is read as a redemption',
    file: 'main/redemption/judge-return.ts',
    find: "    case 'used-elsewhere':\n      return 'return-repeated'\n",
    replace: '',
  },
  {
    name: 'a refused return moves the time of the redemption',
    file: settle,
    find: '  const refusal = { ...redemption, ...sayOf(redemption, reason, at) }\n',
    replace:
      '  const refusal = { ...redemption, ...sayOf(redemption, reason, at), settledAt: at }\n',
  },
  {
    name: 'trouble with a return is written on the redemption',
    file: settle,
    find: '  if (!isAboutReturn(redemption) || giveBack === null) return { reason }\n',
    replace: '  if (giveBack === null || refusedAt === null) return { reason }\n',
  },
  {
    name: 'a refused return is told of as a redemption',
    file: settle,
    find: "  return settled(refusal, change, at, { evidence: said, event: 'return-refused' })\n",
    replace: '  return settled(refusal, change, at, { evidence: said })\n',
  },
  {
    name: 'a return that nobody can speak for is done',
    file: settle,
    find: '  const isSure = !redemption.uncertain && isKnownRedeemed(redemption)\n',
    replace: '  const isSure = isKnownRedeemed(redemption)\n',
  },
  {
    name: 'the number of a return decides nothing',
    file: reconcile,
    find: "  if (giveBack !== null && facts.returnRequestNo === giveBack.returnRequestNo) return 'returned'\n",
    replace: '',
  },
  {
    name: 'a batch that nobody has described is not asked by its code',
    file: reconcile,
    find: "  return codeMode === 'MERCHANT_UPLOAD' || (codeMode === null && stockIn(body) === stockId)\n",
    replace: "  return codeMode === 'MERCHANT_UPLOAD'\n",
  },
  {
    name: 'a state that nobody explains is redeemed',
    file: reconcile,
    find: '  if (unexplained.has(facts.state)) return null\n',
    replace: '',
  },
  {
    name: 'a batch that a query names is forgotten',
    file: found,
    find: '    stockId: named.stockId ?? redemption.stockId,\n',
    replace: '    stockId: redemption.stockId,\n',
  },
  {
    name: 'a loss where nothing was given',
    file: desk,
    find: "  if (how === 'loss') return isGiven",
    replace: "  if (how === 'loss') return !isGiven || isGiven",
  },
  {
    name: 'what was given is called not redeemed',
    file: desk,
    find: "  if (how === 'not-redeemed' && isGiven && !isKnownRedeemed(redemption)) return 'was-given'\n",
    replace: '',
  },
  {
    name: 'give back what a customer had the discount for, out of review',
    file: desk,
    find: "    if (!isKnownRedeemed(redemption) && wasGiven(redemption)) return err({ code: 'was-given' })\n",
    replace: '',
  },
  {
    name: 'what a person confirmed may be given again',
    file: desk,
    find: '    given: redemption.given ?? { at, by, fen: redemption.stakeFen },\n',
    replace: '    given: redemption.given,\n',
  },
  {
    name: 'recall forgets that it was not redeemed',
    file: 'main/redemption/telling.ts',
    find: "  const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'\n",
    replace: '  const isNotRedeemed = false\n',
  },
  {
    name: 'an answer that comes late overturns a decision',
    file: desk,
    find: "    const now = inState(useRequestNo, 'redeemed', ['review'])\n    if (!now.ok) return now\n",
    replace: '    const now = found\n',
  },
  {
    name: 'a replay that was booked itself proves the first result',
    file: lesson,
    find: 'usedAt > sentAt - clearlyBeforeMs',
    replace: 'usedAt > sentAt + clearlyBeforeMs',
  },
  {
    name: 'learn about replays from the PC clock',
    file: attempt,
    find: '    const sentAt = parts.confirmedClock()\n',
    replace: '    const sentAt = clock()\n',
  },
  {
    name: 'a lesson that was disproved is learnt again',
    file: lesson,
    find: "  if (known === 'disproved' || redemption.state !== 'pending') return known\n",
    replace: "  if (redemption.state !== 'pending') return known\n",
  },
  {
    name: 'a time that cannot be when it was booked proves something',
    file: lesson,
    find: "  return redemption.uncertain ? 'proven' : 'disproved'\n",
    replace: "  return 'proven'\n",
  },
  {
    name: 'what the lesson decides waits for a person all the same',
    file: 'main/redemption/replay-lessons.ts',
    find: "      if (learnt === 'proven') this.#closeByLesson()\n",
    replace: '',
  },
  {
    name: 'what two coupons alone are told is tried for ever',
    file: settle,
    find: '  if (isTrial && waiting.waitedMs >= caps.waitedMs)\n',
    replace: '  if (false)\n',
  },
  {
    name: 'a first result is given back before the coupon could be asked',
    file: couponCheck,
    find: "      if (found === 'later') return { outcome: askedInVain(isLineUp), finding: null }\n",
    replace: "      if (found === 'later') return null\n",
  },
  {
    name: 'a first result that was given back since is given back again',
    file: couponCheck,
    find: '      if (isOwnForCertain(redemption) && store.lostTimeAt() === null) return null\n',
    replace: '      if (isOwnForCertain(redemption)) return null\n',
  },
  {
    name: 'what restored records may have given away is closed as refused',
    file: 'main/redemption/attempt.ts',
    find: '      mayHaveBeenGiven: before.recordedAt <= (store.lostTimeAt() ?? -1),\n',
    replace: '      mayHaveBeenGiven: false,\n',
  },
  {
    name: 'a return of what was taken over undoes whatever redemption holds the coupon',
    file: couponCheck,
    find: "  return reason === 'redeemed' && handOvers === 0\n",
    replace: "  return reason === 'redeemed' || handOvers > 99\n",
  },
  {
    name: 'a return of what a person confirmed undoes whatever redemption holds the coupon',
    file: couponCheck,
    find: "  return reason === 'redeemed' && handOvers === 0\n",
    replace: "  return reason !== 'voided' && handOvers === 0\n",
  },
  {
    name: 'what was handed over as never sent counts as never sent for ever',
    file: 'main/redemption/redemption.ts',
    find: '  return uncertain || handOvers > 0\n',
    replace: '  return uncertain || handOvers > 99\n',
  },
  {
    name: 'a person is asked before the coupon is',
    file: couponCheck,
    find: '      const isGivenUp = isLastTry(redemption, outcome, caps)\n',
    replace: '      const isGivenUp = false\n',
  },
  {
    name: 'a restart forgets that the key was wrong',
    file: 'main/redemption/till.ts',
    find: '      resumeStop(store, connection)\n',
    replace: '',
  },
  {
    name: 'an order that rested out is resumed under an earlier clock',
    file: 'main/redemption/redeem-at-counter.ts',
    find: ' && !last.isRested',
    replace: '',
  },
  {
    name: 'the other batch of a code that was given is honoured by the rules',
    file: 'main/redemption/enquiry.ts',
    find: '      presentation.wasGivenBefore = earlier.given !== null\n',
    replace: '',
  },
  {
    name: 'a coupon that its customer kept is minted anew',
    file: 'main/redemption/renewal.ts',
    find: ' || released !== null) return null',
    replace: ') return null',
  },
  {
    name: 'a new number under the same words is not written down',
    file: 'main/redemption/tellings.ts',
    find: '    if (presentation.useRequestNo !== useRequestNo) presentation.told = null\n',
    replace: '',
  },
]
