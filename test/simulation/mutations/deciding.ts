import type { Mutation } from './mutation.ts'

const settle = 'main/redemption/settle.ts'
const found = 'main/redemption/settle-found.ts'
const reconcile = 'main/redemption/reconcile.ts'
const couponCheck = 'main/redemption/coupon-check.ts'
const desk = 'main/redemption/review-orders.ts'
const lesson = 'main/redemption/replay-lesson.ts'
const attempt = 'main/redemption/attempt.ts'

/** Bugs in returns, in people's decisions, and in what the till learns. */
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
    name: "a failing return changes the redemption's reason",
    file: settle,
    find: '  if (!isAboutReturn(redemption) || couponReturn === null) return { reason }\n',
    replace: '  if (couponReturn === null || refusedAt === null) return { reason }\n',
  },
  {
    name: "a refused return is recorded as a redemption's event",
    file: settle,
    find: "  return settled(refusal, change, at, { evidence: said, event: 'return-refused' })\n",
    replace: '  return settled(refusal, change, at, { evidence: said })\n',
  },
  {
    name: 'a return whose outcome is unknown counts as done',
    file: settle,
    find: '  const isSure = !redemption.uncertain && isKnownRedeemed(redemption)\n',
    replace: '  const isSure = isKnownRedeemed(redemption)\n',
  },
  {
    name: 'the return number on the coupon is ignored',
    file: reconcile,
    find: "  if (couponReturn !== null && facts.returnRequestNo === couponReturn.returnRequestNo)\n    return 'returned'\n",
    replace: '',
  },
  {
    name: 'a coupon of a batch that was never described is not queried by its code',
    file: reconcile,
    find: "  return codeMode === 'MERCHANT_UPLOAD' || (codeMode === null && stockIn(body) === stockId)\n",
    replace: "  return codeMode === 'MERCHANT_UPLOAD'\n",
  },
  {
    name: 'an unexplained coupon state counts as redeemed',
    file: reconcile,
    find: '  if (unexplained.has(facts.state)) return null\n',
    replace: '',
  },
  {
    name: "the batch in a query's reply is not stored",
    file: found,
    find: '    stockId: named.stockId ?? redemption.stockId,\n',
    replace: '    stockId: redemption.stockId,\n',
  },
  {
    name: 'a loss can be booked where nothing was given',
    file: desk,
    find: "  if (how === 'loss')\n    return isGiven &&",
    replace: "  if (how === 'loss')\n    return (!isGiven || isGiven) &&",
  },
  {
    name: '"not redeemed" is allowed for a coupon that was given',
    file: desk,
    find: "  if (how === 'not-redeemed' && isGiven && !isKnownRedeemed(redemption))\n    return { code: 'was-given' }\n",
    replace: '',
  },
  {
    name: 'a coupon that was given can be returned out of review',
    file: desk,
    find: "    if (!isKnownRedeemed(redemption) && wasGiven(redemption)) return err({ code: 'was-given' })\n",
    replace: '',
  },
  {
    name: 'a coupon that a person confirmed may be given again',
    file: desk,
    find: '    given: redemption.given ?? { at, by, fen: redemption.honouredValueFen ?? valueFen },\n',
    replace: '    given: redemption.given,\n',
  },
  {
    name: 'a coupon decided as not redeemed is still refused when presented again',
    file: 'main/redemption/telling.ts',
    find: "  const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'\n",
    replace: '  const isNotRedeemed = false\n',
  },
  {
    name: "a late reply overturns a person's decision",
    file: desk,
    find: "    const now = inState(useRequestNo, 'redeemed', ['review'])\n    if (!now.ok) return now\n",
    replace: '    const now = found\n',
  },
  {
    name: 'a repeated request that was booked itself counts as a first result',
    file: lesson,
    find: 'usedAt > sentAt - clearlyBeforeMs',
    replace: 'usedAt > sentAt + clearlyBeforeMs',
  },
  {
    name: "the replay lesson is learnt from the PC's clock",
    file: attempt,
    find: '    const sentAt = clocks.confirmed()\n',
    replace: '    const sentAt = clocks.now()\n',
  },
  {
    name: 'a disproved lesson is learnt again',
    file: lesson,
    find: "  if (known === 'disproved' || redemption.state !== 'pending') return known\n",
    replace: "  if (redemption.state !== 'pending') return known\n",
  },
  {
    name: 'an impossible use time proves the lesson',
    file: lesson,
    find: "  return redemption.uncertain ? 'proven' : 'disproved'\n",
    replace: "  return 'proven'\n",
  },
  {
    name: 'entries that the lesson decides still wait for a person',
    file: 'main/redemption/replay-lessons.ts',
    find: "      if (learnt === 'proven') this.#closeByLesson()\n",
    replace: '',
  },
  {
    name: 'an error that only two coupons get is tried for ever',
    file: settle,
    find: '  if (isTrial && waiting.waitedMs >= caps.waitedMs)\n',
    replace: '  if (false)\n',
  },
  {
    name: 'a first result is returned before the coupon was queried',
    file: couponCheck,
    find: '      if (!asked.ok) return { outcome: askedInVain(isLineUp), finding: null }\n',
    replace: '      if (!asked.ok) return null\n',
  },
  {
    name: 'a first result that was returned since is returned again',
    file: couponCheck,
    find: '      if (isOwnForCertain(redemption) && lostTime.lastAt() === null) return null\n',
    replace: '      if (isOwnForCertain(redemption)) return null\n',
  },
  {
    name: 'an entry that restored records may have redeemed is closed as refused',
    file: 'main/redemption/attempt.ts',
    find: '      mayHaveBeenGiven: before.recordedAt <= (store.lostTime.lastAt() ?? -1),\n',
    replace: '      mayHaveBeenGiven: false,\n',
  },
  {
    name: "a return of an entry taken over undoes somebody else's redemption",
    file: couponCheck,
    find: "  return reason === 'redeemed' && handOvers === 0\n",
    replace: "  return reason === 'redeemed' || handOvers > 99\n",
  },
  {
    name: "a return of a redemption that a person confirmed undoes somebody else's",
    file: couponCheck,
    find: "  return reason === 'redeemed' && handOvers === 0\n",
    replace: "  return reason !== 'voided' && handOvers === 0\n",
  },
  {
    name: 'an entry handed over as never sent counts as never sent for ever',
    file: 'main/redemption/redemption.ts',
    find: '  return uncertain || handOvers > 0\n',
    replace: '  return uncertain || handOvers > 99\n',
  },
  {
    name: 'a person is asked before the coupon was queried',
    file: couponCheck,
    find: '      const isGivenUp = isLastTry(redemption, outcome, caps)\n',
    replace: '      const isGivenUp = false\n',
  },
  {
    name: 'a restart forgets that the key was wrong',
    file: 'main/redemption/till.ts',
    find: '      resumeStop(store.open, connection)\n',
    replace: '',
  },
  {
    name: 'an order that ended by rest is resumed under an earlier clock',
    file: 'main/redemption/restore-counter.ts',
    find: ' && !last.isRested',
    replace: '',
  },
  {
    name: 'a code given in one batch is honoured in the other by the policy',
    file: 'main/redemption/enquiry.ts',
    find: '      presentation.wasGivenBefore = earlier.given !== null\n',
    replace: '',
  },
  {
    name: 'a coupon that its customer kept is renewed under another number',
    file: 'main/redemption/renewal.ts',
    find: ' || released !== null) return null',
    replace: ') return null',
  },
  {
    name: 'a renewed number with the same verdict is not recorded',
    file: 'main/redemption/tellings.ts',
    find: '    if (presentation.useRequestNo !== useRequestNo) presentation.told = null\n',
    replace: '',
  },
]
