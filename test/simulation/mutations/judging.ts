import type { Mutation } from './mutation.ts'

const outcome = 'main/redemption/judge-reply.ts'
const ruling = 'main/redemption/judge-error.ts'
const settle = 'main/redemption/settle.ts'
const policyFile = 'main/redemption/offline-policy.ts'
const reconcileFile = 'main/redemption/reconcile.ts'

/** Bugs in judging replies and queries, and in the offline policy. */
export const judgingMutations: readonly Mutation[] = [
  {
    name: 'a time-out counts as a refusal',
    file: ruling,
    find: '  const evidence = { ...noEvidence, transportFault: fault }\n  return {\n    ...unknown(',
    replace:
      "  const evidence = { ...noEvidence, transportFault: fault }\n  if (isLate) return { kind: 'refused', reason: 'no-answer-in-time', evidence }\n  return {\n    ...unknown(",
  },
  {
    name: 'a system error counts as a refusal',
    file: ruling,
    find: "SYSTEMERROR: unknown('service-error')",
    replace: "SYSTEMERROR: refused('refused-otherwise')",
  },
  {
    name: '"too many requests" counts as a refusal',
    file: ruling,
    find: "FREQUENCYLIMITED: unknown('rate-limited')",
    replace: "FREQUENCYLIMITED: refused('refused-otherwise')",
  },
  {
    name: 'a rejected signature counts as a refusal',
    file: ruling,
    find: "SIGNERROR: blocked('signature-rejected')",
    replace: "SIGNERROR: refused('refused-otherwise')",
  },
  {
    name: "a proxy's error page counts as a refusal",
    file: ruling,
    find: "if (strangersStatus.has(status) && !verified) return unknown('answer-not-verified')",
    replace: "if (strangersStatus.has(status)) return refused('refused-otherwise')",
  },
  {
    name: 'an unverified 200 is green',
    file: outcome,
    find: 'reply.status === 200 && reply.verified',
    replace: 'reply.status === 200',
  },
  {
    name: 'an unverified 200 counts as a refusal',
    file: ruling,
    find: "if (status < 300) return verified ? unknown('answer-not-final') : unknown(unverified(reply))",
    replace:
      "if (status < 300) return verified ? unknown('answer-not-final') : refused('refused-otherwise')",
  },
  {
    name: 'a 200 without its body is green',
    file: outcome,
    find: '    if (!used.success) return null\n',
    replace:
      "    if (!used.success) return { kind: 'confirmed', stockId: 's', openid: '', evidence } as const\n",
  },
  {
    name: 'entries for review are dropped',
    file: settle,
    find: '  if (isQuestion) return toReview(redemption, reason, at, said)\n',
    replace: '',
  },
  {
    name: 'every refusal goes to review',
    file: settle,
    find: '  if (isQuestion) return toReview(redemption, reason, at, said)\n',
    replace: '  if (at > 0) return toReview(redemption, reason, at, said)\n',
  },
  {
    name: 'an entry with unknown outcome is not tried again',
    file: settle,
    find: '    nextAttemptAt: at + wait,\n  })\n  if ((outcome.reached',
    replace: '    nextAttemptAt: wait < 0 ? at : null,\n  })\n  if ((outcome.reached',
  },
  {
    name: 'an entry with a settings fault is given up',
    file: settle,
    find: '    nextAttemptAt: at + blockedWaitMs,\n',
    replace: "    state: 'refused',\n    nextAttemptAt: null,\n",
  },
  {
    name: 'an attempt that may have redeemed is forgotten',
    file: settle,
    find: '    uncertain: redemption.uncertain || outcome.mayHaveTakenEffect,\n    ...sayOf(redemption, outcome.reason),\n    undecidedAttempts',
    replace:
      '    uncertain: redemption.uncertain,\n    ...sayOf(redemption, outcome.reason),\n    undecidedAttempts',
  },
  {
    name: 'the policy "hold" honours',
    file: policyFile,
    find: "  if (mode !== 'honour') return { mode, limit: null }\n",
    replace: "  if (mode === 'refuse') return { mode, limit: null }\n",
  },
  {
    name: 'the policy honours without limits',
    file: policyFile,
    find: '  return limit === null ?',
    replace: "  return limit === null || limit !== 'stock-unknown' ?",
  },
  {
    name: 'a loss is not told to a person',
    file: settle,
    find: '  if (wasGiven(redemption)) {\n    // Nothing is left',
    replace: '  if (wasGiven(redemption) && at < 0) {\n    // Nothing is left',
  },
  {
    name: 'any holder of a coupon counts as this redemption',
    file: reconcileFile,
    find: '  if (facts.useRequestNo === useRequestNo && !unused.has(facts.state)) return',
    replace: '  if (facts.useRequestNo !== null && !unused.has(facts.state)) return',
  },
  {
    name: "this redemption never counts as the coupon's holder",
    file: settle,
    find: "  if (finding?.says === 'redeemed') return",
    replace: "  if (finding?.says === 'redeemed' && at < 0) return",
  },
  {
    name: 'a refused return counts as done',
    file: settle,
    find: "  const change = isSure ? ({ state: 'redeemed' } as const) : ({ state: 'review' } as const)\n",
    replace: "  const change = { state: isSure ? 'returned' : 'returned' } as const\n",
  },
]
