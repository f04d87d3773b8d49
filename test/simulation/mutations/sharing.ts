import type { Mutation } from './mutation.ts'

const claims = 'main/redemption/shop-claims.ts'
const among = 'main/redemption/among-tills.ts'
const telling = 'main/redemption/telling.ts'
const speaker = 'main/redemption/speaker.ts'
const enquiry = 'main/redemption/enquiry.ts'
const counterOrders = 'main/redemption/counter-orders.ts'
const peers = 'main/redemption/peers.ts'
const peerTable = 'main/store/peer-table.ts'
const journal = 'main/redemption/journal.ts'
const cursor = 'main/store/journal-cursor.ts'
const told = 'main/store/told-query.ts'

/** Bugs in what the tills of a shop share: their lock, their news and their journal. */
export const sharingMutations: readonly Mutation[] = [
  {
    name: 'shop: a claim that was lost counts as won',
    file: claims,
    find: "return { kind: 'elsewhere', tillId: result.tillId, at: result.at, how: 'claimed' }",
    replace: "return { kind: 'held' }",
  },
  {
    name: 'shop: no answer counts as won',
    file: claims,
    find: "      case 'unanswered':\n        return { kind: 'unchecked' }",
    replace: "      case 'unanswered':\n        return { kind: 'held' }",
  },
  {
    name: 'shop: no answer counts as lost, and an outage of the server stops the shop',
    file: claims,
    find: "      case 'unanswered':\n        return { kind: 'unchecked' }",
    replace:
      "      case 'unanswered':\n        return { kind: 'elsewhere', tillId: '', at: 0, how: 'claimed' }",
  },
  {
    name: 'shop: what another till holds is honoured',
    file: telling,
    find: "      if (shop?.kind === 'elsewhere') return no(reasonElsewhere(shop))\n",
    replace: '',
  },
  {
    name: 'shop: the policy honours while the server is being asked',
    file: speaker,
    find: " || (isHonour && shop?.kind === 'asking')",
    replace: '',
  },
  {
    name: 'shop: the policy honours what another till holds',
    file: speaker,
    find: "shop?.kind === 'elsewhere' || (isHonour",
    replace: '(isHonour',
  },
  {
    name: 'shop: a supervisor honours what another till holds',
    file: counterOrders,
    find: "      if (standing?.kind === 'elsewhere') return err({ code: 'at-other-till' })\n",
    replace: '',
  },
  {
    name: 'shop: what another till holds stays open here and is redeemed',
    file: speaker,
    find: "  return elsewhere.has(reason) ? 'at-other-till' : null\n",
    replace: "  return elsewhere.has(reason) && reason === 'redeemed' ? 'at-other-till' : null\n",
  },
  {
    name: 'shop: a claim is released once the coupon is redeemed',
    file: claims,
    find: '    if (isOver(redemption)) this.#release(redemption)\n',
    replace: "    if (redemption.state !== 'pending') this.#release(redemption)\n",
  },
  {
    name: 'shop: a claim is never released by the till',
    file: claims,
    find: '    this.#releaseAtServer(claim)\n    // Before',
    replace: '    // Before',
  },
  {
    name: 'shop: whoever WeChat Pay answers waits for the server',
    file: enquiry,
    find: '    const running = attempter.run(redemption)\n',
    replace:
      '    this.#parts.claims?.claim(redemption)\n    await this.#parts.claims?.answer(redemption.useRequestNo, 5000)\n    const running = attempter.run(redemption)\n',
  },
  {
    name: 'shop: a cashier waits for as long as the server takes',
    file: enquiry,
    find: 'const graceMs = 150\n',
    replace: 'const graceMs = 15_000\n',
  },
  {
    name: 'shop: what the server did not answer is never asked again',
    file: claims,
    find: "    if (standing.kind === 'unchecked') this.#askLater()\n",
    replace: '',
  },
  {
    name: 'shop: a server that never answers is waited for without end',
    file: claims,
    find: "    if (entry.standing.kind === 'asking') this.#settle(entry, { kind: 'unchecked' })\n",
    replace: '',
  },
  {
    name: 'shop: a lock of this till that is about to be released counts as won',
    file: claims,
    find: "          return isLong ? { kind: 'unchecked' } : 'own-before'\n",
    replace: "          return isLong ? { kind: 'unchecked' } : { kind: 'held' }\n",
  },
  {
    name: 'shop: whatever this till claimed in its lost time counts as its own',
    file: claims,
    find: '        if (own !== null && isOver(own)) {\n',
    replace: '        if (own === null || isOver(own)) {\n',
  },
  {
    name: 'shop: a lock whose holder has ended refuses the customer',
    file: claims,
    find: "        if (isEnded) return { kind: 'unchecked' }\n",
    replace: '',
  },
  {
    name: 'shop: a renewed redemption loses its claim',
    file: claims,
    find: '    this.#entries.set(claim.useRequestNo, entry)\n  }\n\n  stop',
    replace: '  }\n\n  stop',
  },
  {
    name: 'shop: an honoured coupon that another till has is told to nobody',
    file: telling,
    find: "  if (redemption.given !== null && shop?.kind === 'elsewhere')\n",
    replace: "  if (redemption.given !== null && shop?.kind === 'elsewhere' && price === null)\n",
  },
  {
    name: 'shop: an honoured coupon that another till has is in no trail',
    file: among,
    find: "    if (given === null || standing.kind !== 'elsewhere' || this.#lost.has(useRequestNo)) return []\n",
    replace: '    if (given !== null || this.#lost.has(useRequestNo) || useRequestNo) return []\n',
  },
  {
    name: 'shop: what another till gave is sent from here all the same',
    file: among,
    find: '    } else if (isGivenElsewhere(standing) && mayBeLetGo(redemption, attempter)) {\n',
    replace: '    } else if (audits.length > 9) {\n',
  },
  {
    name: 'shop: what another till honoured is no recall',
    file: peers,
    find: "  const having = told.filter(({ state }) => state !== 'returned')\n",
    replace: "  const having = told.filter(({ state }) => state === 'redeemed')\n",
  },
  {
    name: 'shop: a return at another till takes no recall back',
    file: peers,
    find: "  const having = told.filter(({ state }) => state !== 'returned')\n",
    replace: '  const having = told\n',
  },
  {
    name: 'shop: news that comes again undoes what followed it',
    file: peerTable,
    find: '    if (known !== null && rank[known.state] >= rank[state]) return\n',
    replace: '',
  },
  {
    name: 'shop: a return of one number takes back what another till redeemed',
    file: peerTable,
    find: '      (row) => number.compare(row.number_fingerprint) === 0,\n',
    replace: '      (row) => number.compare(row.number_fingerprint) < 2,\n',
  },
  {
    name: 'shop: after a restart nothing is asserted at a server that has forgotten',
    file: told,
    find: "kind === 'held' ? number : []",
    replace: "kind === 'held' && number === '' ? number : []",
  },
  {
    name: 'shop: a journal whose mark was deleted is over',
    file: cursor,
    find: '(Id.parse(this.#joinedAt.get(this.#keyId)) ?? null)',
    replace: 'null',
  },
  {
    name: 'shop: a late acknowledgement sends the journal back',
    file: cursor,
    find: '    if (from !== null && upTo > from)',
    replace: '    if (from !== null)',
  },
  {
    name: 'shop: an acknowledgement from before a restore skips what is recorded since',
    file: cursor,
    find: 'this.#cursor.write(Math.min(upTo, this.#end()))',
    replace: 'this.#cursor.write(upTo)',
  },
  {
    name: 'shop: a taken-back discount stays in the journal',
    file: cursor,
    find: "          OR evidence ->> '$.verdict.reason' IN ('redeemed-below-threshold', 'redeemed-nothing-left'))))",
    replace: '          OR 0)))',
  },
  {
    name: 'shop: a refusal releases no claim that the program could not release itself',
    file: journal,
    find: "    case 'refused':\n      return 'returned'\n",
    replace: "    case 'refused':\n      return null\n",
  },
]
