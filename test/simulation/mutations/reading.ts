import type { Mutation } from './mutation.ts'

const ruling = 'main/redemption/judge-error.ts'
const faults = 'main/redemption/settings-faults.ts'
const settle = 'main/redemption/settle.ts'
const outbox = 'main/redemption/outbox.ts'
const renewal = 'main/redemption/renewal.ts'
const mint = 'main/redemption/mint-anew.ts'
const attempt = 'main/redemption/attempt.ts'

/** Bugs in telling coupon faults from settings faults, in handling the clock, and in when to try again. */
export const readingMutations: readonly Mutation[] = [
  {
    name: 'a doubtful error counts as a refusal',
    file: ruling,
    find: "  return isVague(subject) ? { kind: 'suspect', ...inDoubt } : blocked(subject)\n",
    replace: '  return isVague(subject) ? refused(certainly) : blocked(subject)\n',
  },
  {
    name: 'an error whose message names a setting counts as a refusal',
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
    name: 'an error page without a body is a refusal',
    file: ruling,
    find: "  return { kind: 'suspect', ...doubt }\n",
    replace: "  return refused('refused-otherwise')\n",
  },
  {
    name: 'the same error of a second coupon is ignored',
    file: faults,
    find: "    return suspects.size > 1 ? 'everybody' : 'nobody-knows'\n",
    replace: "    return 'nobody-knows'\n",
  },
  {
    name: "one coupon's own error stops the queue",
    file: faults,
    find: "      return suspects.size > 0 ? 'everybody' : 'own'\n",
    replace: "      return 'everybody'\n",
  },
  {
    name: 'a lasting settings fault gives entries up',
    file: settle,
    find: '  if (outcome.isAlone === true)\n',
    replace: '  if (outcome.isAlone !== undefined || redemption.attempts > 1)\n',
  },
  {
    name: 'an entry with a doubtful error is tried for ever',
    file: settle,
    find: '  if (!isOverCap({ ...waiting, undecidedAttempts: undecidedAttempts + 1 }, caps))\n',
    replace: '  if (caps.undecidedAttempts > 0)\n',
  },
  {
    name: 'an entry whose reply never verifies is tried for ever',
    file: settle,
    find: '  if ((outcome.reached || isLineUp) && isOverCap(waiting, caps))\n',
    replace: '  if (outcome.reached && isOverCap(waiting, caps))\n',
  },
  {
    name: "a reply that cannot be verified counts as a network's page",
    file: ruling,
    find: '  const isKeyInDoubt = carriesSignature && !saysNothing\n',
    replace: '  const isKeyInDoubt = carriesSignature === undefined && !saysNothing\n',
  },
  {
    name: 'a wrong key counts as proof that nothing was redeemed',
    file: settle,
    find: '    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,\n    ...sayOf(redemption, outcome.reason),\n    waitedMs: redemption.waitedMs + (isTrial',
    replace:
      '    ...sayOf(redemption, outcome.reason),\n    waitedMs: redemption.waitedMs + (isTrial',
  },
  {
    name: 'under a wrong key a coupon loses attempts to find out',
    file: outbox,
    find: "      if (next !== null) return [next]\n      if (findsOutAboutKey(open, clock(), busy, 'all') !== null) {\n",
    replace:
      "      if (findsOutAboutKey(open, clock(), busy, 'all') === null && next !== null) {\n",
  },
  {
    name: 'under a wrong key the entry that finds out has no back-off',
    file: outbox,
    find: '      const next = findsOutAboutKey(open, clock(), busy, reach)\n',
    replace: "      const next = findsOutAboutKey(open, clock(), busy, 'all')\n",
  },
  {
    name: 'no query follows a second try of one call',
    file: 'main/redemption/reconcile.ts',
    find: "  return mayHaveArrivedUnseen(redemption) || ('mayBeOurs' in outcome && outcome.mayBeOurs)\n",
    replace: '  return mayHaveArrivedUnseen(redemption) || outcome.kind !== "refused"\n',
  },
  {
    name: 'a return repeated in one call counts as refused because of its first try',
    file: 'main/redemption/judge-return.ts',
    find: '  if (mayHaveArrivedBefore) return notFinal(outcome)\n',
    replace: '',
  },
  {
    name: 'a settings fault after a second try counts as proof that the first had no effect',
    file: ruling,
    find: '      return { ...ruling, mayHaveTakenEffect: wasSentBefore, evidence }\n',
    replace: '      return { ...ruling, mayHaveTakenEffect: false, evidence }\n',
  },
  {
    name: 'a second try under the right time forgets that the first may have arrived',
    file: 'main/wechatpay/signed-channel.ts',
    find: '        if (!first.value.resent) return again\n',
    replace: '        if (first.value !== null) return again\n',
  },
  {
    name: 'a 22-digit code is never a merchant’s own',
    file: 'main/redemption/coupon-code.ts',
    find: '  if (suppliedCode.test(code)) {\n',
    replace: '  if (suppliedCode.test(code) && !issuedCode.test(code)) {\n',
  },
  {
    name: "another till's redemption counts for every batch with that code",
    file: 'main/store/peer-table.ts',
    find: 'stockId === null ? couponCode :',
    replace: 'stockId !== "" ? couponCode :',
  },
  {
    name: "a batch of the merchant's own codes is guessed for WeChat Pay's own code",
    file: 'main/redemption/recorder.ts',
    find: 'stock === null || hasMerchantCodes(stock)) return null',
    replace: 'stock === null) return null',
  },
  {
    name: 'a retry after a refusal for the time uses the old time',
    file: renewal,
    find: '    if (useTime === null && !isReaddressed) return null\n',
    replace: '    return null\n',
  },
  {
    name: 'a refusal for the time is final although the request may have arrived',
    file: renewal,
    find: "said.reason === 'outside-validity') {\n",
    replace: "said.reason === 'outside-validity' && redemption.useRequestNo === '') {\n",
  },
  {
    name: 'a number is renewed although an attempt may have had its effect',
    file: renewal,
    find: '      if (redemption.uncertain) return null\n',
    replace: '',
  },
  {
    name: 'a number is renewed after every delay',
    file: mint,
    find: '  const presentedAt = now - age\n',
    replace: '  const presentedAt = now\n',
  },
  {
    name: 'a renewed number loses its presentation',
    file: mint,
    find: '    ...old,\n    ...pristine(',
    replace:
      '    ...newRedemption({ ...old, useRequestNo, body: encode(body) }),\n    ...pristine(',
  },
  {
    name: 'a renewal leaves the old number open',
    file: 'main/store/redemption-table.ts',
    find: '      update(ended)\n',
    replace: '',
  },
  {
    name: 'the old number does not record its renewal',
    file: renewal,
    find: '    successors.set(old, fresh.useRequestNo)\n',
    replace: '',
  },
  {
    name: 'a renewed number does not count as under way',
    file: attempt,
    find: '    runs.set(renewed.useRequestNo, run)\n    running.add(renewed.useRequestNo)\n',
    replace: '',
  },
  {
    name: 'a sync shortens the wait that WeChat Pay asked for',
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
    file: 'main/store/open-redemption-query.ts',
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
    name: 'one unusable certificate loses the whole list',
    file: 'main/wechatpay/platform-certificates.ts',
    find: "    if (encrypted.algorithm !== 'AEAD_AES_256_GCM') continue\n",
    replace:
      "    if (encrypted.algorithm !== 'AEAD_AES_256_GCM') return err({ code: 'nothing-usable' })\n",
  },
  {
    name: 'one odd field loses the whole batch',
    file: 'main/wechatpay/reply-schemas.ts',
    find: '  return z.looseObject(shape).nullish().catch(null)\n',
    replace: '  return z.looseObject(shape).nullish()\n',
  },
]
