import type { Mutation } from './mutation.ts'

const ruling = 'main/redemption/judge-error.ts'
const faults = 'main/redemption/settings-faults.ts'
const settle = 'main/redemption/settle.ts'
const outbox = 'main/redemption/outbox.ts'
const renewal = 'main/redemption/renewal.ts'
const mint = 'main/redemption/mint-anew.ts'
const attempt = 'main/redemption/attempt.ts'

/** Whose fault an answer is, what a clock does to a coupon, and what may be asked again when. */
export const readingMutations: readonly Mutation[] = [
  {
    name: 'a doubtful answer is a refusal',
    file: ruling,
    find: "  return isVague(subject) ? { kind: 'suspect', ...inDoubt } : blocked(subject)\n",
    replace: '  return isVague(subject) ? refused(certainly) : blocked(subject)\n',
  },
  {
    name: 'words that name a setting are a refusal',
    file: ruling,
    find: "  return isVague(subject) ? { kind: 'suspect', ...inDoubt } : blocked(subject)\n",
    replace: "  return isVague(subject) ? { kind: 'suspect', ...inDoubt } : refused(certainly)\n",
  },
  {
    name: 'the field in the message is not read',
    file: 'main/redemption/api-error.ts',
    find: ' ?? pointerIn(message)',
    replace: '',
  },
  {
    name: 'a page without a body is refused at once',
    file: ruling,
    find: "  return { kind: 'suspect', ...doubt }\n",
    replace: "  return refused('refused-otherwise')\n",
  },
  {
    name: 'a second coupon with the same answer says nothing',
    file: faults,
    find: "    return suspects.size > 1 ? 'everybody' : 'nobody-knows'\n",
    replace: "    return 'nobody-knows'\n",
  },
  {
    name: 'what one coupon has alone holds up everybody',
    file: faults,
    find: "      return suspects.size > 0 ? 'everybody' : 'own'\n",
    replace: "      return 'everybody'\n",
  },
  {
    name: 'a settings fault that stays ends the entries',
    file: settle,
    find: '  if (outcome.isAlone === true)\n',
    replace: '  if (outcome.isAlone !== undefined || redemption.attempts > 1)\n',
  },
  {
    name: 'a doubtful answer is asked about for ever',
    file: settle,
    find: '  if (!isOverCap({ ...waiting, spent: spent + 1 }, caps))\n',
    replace: '  if (caps.spent > 0)\n',
  },
  {
    name: 'a reply that never verifies is asked about for ever',
    file: settle,
    find: '  if ((outcome.reached || isLineUp) && isOverCap(waiting, caps))\n',
    replace: '  if (outcome.reached && isOverCap(waiting, caps))\n',
  },
  {
    name: 'a signature that cannot be verified is a page of the network',
    file: ruling,
    find: '  const isKeyInDoubt = carriesSignature === true && !saysNothing\n',
    replace: '  const isKeyInDoubt = carriesSignature === undefined && !saysNothing\n',
  },
  {
    name: 'a wrong key says that nothing was redeemed',
    file: settle,
    find: '    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,\n    ...sayOf(redemption, outcome.reason),\n    waitedMs: redemption.waitedMs + (isTrial',
    replace:
      '    ...sayOf(redemption, outcome.reason),\n    waitedMs: redemption.waitedMs + (isTrial',
  },
  {
    name: 'a wrong key spends a coupon to find out',
    file: outbox,
    find: "      if (next !== undefined) return [next]\n      if (findsOutAboutKey(store, clock(), busy, 'all') !== undefined) {\n",
    replace:
      "      if (findsOutAboutKey(store, clock(), busy, 'all') === undefined && next !== undefined) {\n",
  },
  {
    name: 'a wrong key ends the back-off of whoever finds out',
    file: outbox,
    find: '      const next = findsOutAboutKey(store, clock(), busy, reach)\n',
    replace: "      const next = findsOutAboutKey(store, clock(), busy, 'all')\n",
  },
  {
    name: 'no query after a second try of one call',
    file: 'main/redemption/reconcile.ts',
    find: "  return mayHaveArrivedUnseen(redemption) || ('mayBeOurs' in outcome && outcome.mayBeOurs)\n",
    replace: '  return mayHaveArrivedUnseen(redemption) || outcome.kind !== "refused"\n',
  },
  {
    name: 'a return sent twice in one call is refused for the first of the two',
    file: 'main/redemption/judge-return.ts',
    find: '  if (mayHaveArrivedBefore) return notFinal(outcome)\n',
    replace: '',
  },
  {
    name: 'a settings fault after a second try says that the first had no effect',
    file: ruling,
    find: '      return { ...ruling, mayHaveTakenEffect: wasSentBefore, evidence }\n',
    replace: '      return { ...ruling, mayHaveTakenEffect: false, evidence }\n',
  },
  {
    name: 'a second try under the right time forgets the first',
    file: 'main/wechatpay/signed-channel.ts',
    find: '        if (!first.value.resent) return again\n',
    replace: '        if (first.value !== null) return again\n',
  },
  {
    name: 'codes of 22 digits are never a merchant’s own',
    file: 'main/redemption/coupon-code.ts',
    find: '  if (suppliedCode.test(code)) {\n',
    replace: '  if (suppliedCode.test(code) && !issuedCode.test(code)) {\n',
  },
  {
    name: 'what other tills tell is of every batch with that code',
    file: 'main/store/peer-table.ts',
    find: 'stockId === null ? couponCode :',
    replace: 'stockId !== "" ? couponCode :',
  },
  {
    name: 'a batch of own codes is guessed for one that WeChat Pay issued',
    file: 'main/redemption/recorder.ts',
    find: "    return stock === null || stock.couponCodeMode?.startsWith('MERCHANT') === true\n",
    replace: "    return stock === null || stock.couponCodeMode === 'NONE'\n",
  },
  {
    name: 'the old time again after a refusal for the time',
    file: renewal,
    find: '    if (useTime === null) return null\n',
    replace: '    return null\n',
  },
  {
    name: 'the wrong time in a request that may have arrived is the last word',
    file: renewal,
    find: "said.reason === 'outside-validity') {\n",
    replace: "said.reason === 'outside-validity' && redemption.useRequestNo === '') {\n",
  },
  {
    name: 'minted anew although an attempt may have had its effect',
    file: renewal,
    find: '      return now === null || redemption.uncertain ? null : renew(redemption, now, null)\n',
    replace: '      return now === null ? null : renew(redemption, now, null)\n',
  },
  {
    name: 'minted anew for every delay',
    file: mint,
    find: '  const presentedAt = now - age\n',
    replace: '  const presentedAt = now\n',
  },
  {
    name: 'minted anew without the presentation',
    file: mint,
    find: '    ...old,\n    ...pristine(',
    replace:
      '    ...newRedemption({ ...old, useRequestNo, body: encode(body) }),\n    ...pristine(',
  },
  {
    name: 'what was minted anew leaves the old one open',
    file: 'main/store/store.ts',
    find: '    table.update(ended.redemption)\n',
    replace: '',
  },
  {
    name: 'the old number forgets where it went',
    file: renewal,
    find: '    successors.set(old, fresh.useRequestNo)\n',
    replace: '',
  },
  {
    name: 'the number minted anew is not under way',
    file: attempt,
    find: '    runs.set(renewed.useRequestNo, run)\n    running.add(renewed.useRequestNo)\n',
    replace: '',
  },
  {
    name: 'a sync shortens what WeChat Pay asked for',
    file: outbox,
    find: '    const busy = [...attempter.running, ...asked.numbers]\n',
    replace: '    const busy = [...attempter.running]\n',
  },
  {
    name: 'a shorter limit ends a longer one',
    file: 'main/redemption/asked-waits.ts',
    find: '      limits += 1\n',
    replace: '      limits = 1\n',
  },
  {
    name: 'a limit is forgotten over a restart',
    file: 'main/store/redemption-table.ts',
    find: "@reach = 'all' AND reason IS NOT 'rate-limited')",
    replace: "@reach = 'all')",
  },
  {
    name: 'a network hint ends every back-off',
    file: outbox,
    find: "    // Mended settings are tried at once; a limit of WeChat Pay's is kept.\n    if (isBlocked) endRest()\n    pass('settings')\n",
    replace: "    if (isBlocked) endRest()\n    pass('all')\n",
  },
  {
    name: 'a probe ends every back-off',
    file: outbox,
    find: '    breaker.probed(reached)\n    pass()\n',
    replace: "    breaker.probed(reached)\n    pass('all')\n",
  },
  {
    name: 'a success ends every back-off',
    file: outbox,
    find: '      else pass(to)\n',
    replace: "      else pass('all')\n",
  },
  {
    name: 'a sync goes on after its pass',
    file: outbox,
    find: "    reach = 'due'\n    reschedule()\n",
    replace: '    reschedule()\n',
  },
  {
    name: 'an entry that cannot be used loses the list of certificates',
    file: 'main/wechatpay/platform-certificates.ts',
    find: "    if (encrypted.algorithm !== 'AEAD_AES_256_GCM') continue\n",
    replace:
      "    if (encrypted.algorithm !== 'AEAD_AES_256_GCM') return err({ code: 'nothing-usable' })\n",
  },
  {
    name: 'an odd field loses the batch',
    file: 'main/wechatpay/reply-schemas.ts',
    find: '  return z.looseObject(shape).nullish().catch(null)\n',
    replace: '  return z.looseObject(shape).nullish()\n',
  },
]
