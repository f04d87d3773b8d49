import type { Verdict } from '../../main/contract/counter.ts'
import { checkHonoured } from './check-honoured.ts'
import { checkPrices } from './check-prices.ts'
import { checkRefusal } from './check-red.ts'
import { keyOf } from './model-coupons.ts'
import { isToldAgain, numberOf, panelsOf, type Word, wordsOf } from './panels.ts'
import type { PlayedShop } from './shop.ts'
import type { RowInFile } from './till-file.ts'

/** What counters said, from the first word to the last, against the ledger: shares no code with the domain. */
export function checkPresentations(shop: PlayedShop): string[] {
  const panels = panelsOf(shop.screen.counters)
  const words = wordsOf(panels)
  shop.history.count('presentation', panels.length)
  for (const { verdict } of words) shop.history.count(`presentation told: ${verdict.instruction}`)
  return [
    ...checkGivenOnce(shop, words),
    ...checkPanels(shop, words),
    ...words.flatMap((word) => checkWord(shop, word)),
    ...checkHonoured(shop, words),
    ...checkPrices(shop, words),
    ...checkKept(shop, words),
    ...checkRestarts(shop),
    ...checkTold(shop, words),
  ]
}

/** For one coupon "give" stands on one presentation at most, until that one takes it back or the coupon is returned. */
function checkGivenOnce({ gateway, tills }: PlayedShop, words: readonly Word[]): string[] {
  const found: string[] = []
  const giving = new Map<string, Word>()
  const forgetful = new Set(tills.filter(({ hasLostTime }) => hasLostTime).map(({ id }) => id))
  for (const word of words) {
    const number = numberOf(word.verdict)
    if (number === '' || forgetful.has(word.panel.till)) continue
    // Two tills know of each other's coupons by the number that goes from one to the other, if at all.
    const coupon = gateway.couponIn(gateway.bodyOf(number))
    const keys = [number, ...(coupon ? [`${word.panel.till} ${keyOf(coupon)}`] : [])]
    for (const key of keys) {
      const other = giving.get(key)
      const isGive = word.verdict.instruction === 'give'
      const isOther = other !== undefined && other.panel !== word.panel
      const last = other && gateway.couponIn(gateway.bodyOf(numberOf(other.verdict)))
      // Whoever had redeemed it: given back since, it may be given for anew.
      const wasReturned = gateway.returns.some(
        (back) => last && back.coupon === keyOf(last) && isBetween(back.at, other.at, word.at),
      )
      if (isGive && isOther && !wasReturned)
        found.push(`${told(word)}, which ${told(other)} had said before`)
      if (isGive) giving.set(key, word)
      else if (!isOther && word.verdict.instruction !== 'already-given') giving.delete(key)
    }
  }
  return found
}

function isBetween(at: number, from: number, until: number): boolean {
  return at >= from && at <= until
}

const recalls = new Set([
  'redeemed-here-before',
  'honoured-here-before',
  'in-review-here',
  'resolved-here',
  'redeemed-at-other-till',
  'handed-over',
])

/** A panel speaks of its own coupon alone, and no more once another presentation has taken the coupon over. */
function checkPanels({ screen }: PlayedShop, words: readonly Word[]): string[] {
  const found: string[] = []
  const holders = new Map<string, Word>()
  for (const word of words) {
    const { panel, verdict, before } = word
    const number = numberOf(verdict)
    if (verdict.redemption !== null && verdict.redemption.codeTail !== panel.codeTail)
      found.push(`${told(word)} on the panel of …${panel.codeTail}`)
    if (number === '') continue
    // Of what took a coupon over in the time that a till lost, it knows nothing.
    const life = screen.forgotten.filter(({ till, at }) => till === panel.till && at <= word.at)
    const key = `${panel.till} ${life.length} ${number}`
    const holder = holders.get(key)
    // A restart names the same redemption as it is by then.
    const isChanged = before !== null && !isSameWord(before, verdict)
    if (isChanged && numberOf(before) === number && holder && holder.panel !== panel)
      found.push(`${told(word)} after ${holder.panel.presentationNo} took the coupon over`)
    if (!recalls.has(verdict.reason) || holder?.panel === panel) holders.set(key, word)
  }
  return found
}

function isSameWord(one: Verdict, other: Verdict): boolean {
  return one.instruction === other.instruction && one.reason === other.reason
}

/** What may be said of it and "give" beside it. */
const silence = new Set([
  'no-connection',
  'no-answer-in-time',
  'service-error',
  'rate-limited',
  'answer-not-verified',
  'reply-key-unknown',
])
const confirmed = new Set(['redeemed', 'confirmed-by-person'])

function checkWord(shop: PlayedShop, word: Word): string[] {
  const { gateway } = shop
  const { verdict, at, panel } = word
  const { redemption, reason, instruction, tone } = verdict
  const found: string[] = []
  const fits = redemption?.state === 'pending' ? silence : confirmed
  const isOpen = redemption?.state === 'pending' || redemption?.state === 'redeemed'
  // Read back by a restart it is what was said then, beside the redemption as it is by now.
  const isReadBack =
    isToldAgain(shop.screen.restarts, word) ||
    (word.before?.at === verdict.at && isSameWord(word.before, verdict))
  if (instruction === 'give' && !isReadBack && !(fits.has(reason) && isOpen))
    found.push(`${told(word)} in state ${redemption?.state}`)
  const booked = gateway.effects.find((effect) => effect.useRequestNo === numberOf(verdict))
  if (tone === 'green' && !(booked && booked.at <= at))
    found.push(`${told(word)} and nothing was booked`)
  if (instruction === 'do-not-give' && tone === 'red' && redemption?.given != null) {
    const isNamed = recalls.has(reason) && verdict.given !== null
    if (booked && !isNamed && gateway.isBooked(numberOf(verdict)))
      found.push(`${told(word)} of a coupon that ${panel.till} has given, and says not when`)
  }
  if (tone === 'red' && redemption?.state === 'refused') {
    const coupon = gateway.couponIn(gateway.bodyOf(redemption.useRequestNo))
    found.push(...checkRefusal(shop, word, coupon).map((what) => `${told(word)} ${what}`))
  }
  // Green: what WeChat Pay confirmed is true, whatever the disk has room for.
  const isTrue = redemption?.state === 'redeemed' && booked !== undefined
  if (verdict.isUnrecorded && isTrue && tone === 'red') found.push(`${told(word)} and is redeemed`)
  return found
}

/** At the end no coupon is redeemed and kept whose customer nobody told to be given the discount. */
function checkKept(shop: PlayedShop, words: readonly Word[]): string[] {
  const { gateway, tills, decisions, history } = shop
  const given = new Set(
    words.flatMap(({ verdict }) =>
      ['give', 'already-given'].includes(verdict.instruction) ? [numberOf(verdict)] : [],
    ),
  )
  // By the request in the file: that of a number that was minted anew never arrived.
  const bodies = new Map(
    tills.flatMap((till) =>
      till.read((file) => file.rows()).map(({ useRequestNo, body }) => [useRequestNo, body]),
    ),
  )
  const givenCoupons = new Set(
    words.flatMap(({ verdict }) => {
      const coupon = gateway.couponIn(bodies.get(numberOf(verdict)) ?? '')
      return verdict.instruction === 'give' && coupon ? [keyOf(coupon)] : []
    }),
  )
  return tills.flatMap((till) => {
    if (till.hasLostTime) return []
    const rows = till.read((file) => file.rows())
    return rows.flatMap((row) => {
      const { useRequestNo, state } = row
      if (state !== 'redeemed' || !gateway.isBooked(useRequestNo)) return []
      if ([row, ...mintedAnew(row, rows)].some((entry) => given.has(entry.useRequestNo))) return []
      // Minted anew since, perhaps by a till that took it over: honoured under another number.
      const coupon = gateway.couponIn(gateway.bodyOf(useRequestNo))
      if (row.honoured && coupon && givenCoupons.has(keyOf(coupon))) return []
      const why = whyKept(row, decisions.of(useRequestNo) !== undefined)
      if (why === null)
        return [`${useRequestNo} is redeemed and kept, and nobody was told to give it`]
      history.count(`redeemed, kept and not given: ${why}`)
      return []
    })
  })
}

/** Numbers that ended for their time alone: what was told of one of them goes on with the number that took its place. */
function mintedAnew({ body }: RowInFile, rows: readonly RowInFile[]): readonly RowInFile[] {
  const coupon = couponOf(body)
  if (coupon === null) return []
  return rows.filter(
    ({ state, reason, body: other }) =>
      state === 'cancelled' && reason === 'clock-wrong' && couponOf(other) === coupon,
  )
}

/** What a request names; nothing of one that is erased. */
function couponOf(body: string | null): string | null {
  return /"coupon_code":"[^"]+"(,"stock_id":"[^"]+")?/.exec(body ?? '')?.[0] ?? null
}

function whyKept(row: RowInFile, isDecided: boolean): string | null {
  if (row.isReturnRefused) return 'return refused'
  if (isDecided) return 'a person decided'
  return row.stockId === null ? 'batch unknown' : null
}

/** A till that begins anew shows what its file says was told last, and nothing of an order that is over. */
function checkRestarts({ screen }: PlayedShop): string[] {
  return screen.restarts.flatMap(({ till, view, told: last }) => {
    if (last === null)
      return view.shown ? [`${till} began anew and shows ${view.shown.presentationNo}`] : []
    const { presentationNo, verdict } = view.shown ?? {}
    const isSame =
      presentationNo === last.presentationNo &&
      verdict?.instruction === last.instruction &&
      verdict.reason === last.reason &&
      verdict.tone === last.tone
    return isSame ? [] : [`${till} began anew and does not show ${last.presentationNo}`]
  })
}

/** Nobody is told to give anything that the trail does not tell of. */
function checkTold({ tills }: PlayedShop, words: readonly Word[]): string[] {
  return tills.flatMap((till) => {
    if (till.hasLostTime) return []
    const trail = new Set(
      till
        .read((file) => file.told(Number.MAX_SAFE_INTEGER))
        .map(({ presentationNo, instruction, reason }) =>
          [presentationNo, instruction, reason].join(' '),
        ),
    )
    return words.flatMap((word) => {
      const { panel, verdict } = word
      const { presentationNo } = panel
      const isHere = panel.till === till.id && verdict.instruction === 'give'
      const isTold = trail.has([presentationNo, verdict.instruction, verdict.reason].join(' '))
      return isHere && !verdict.isUnrecorded && !isTold
        ? [`${told(word)}, and the trail does not say so`]
        : []
    })
  })
}

function told({ panel, verdict }: Word): string {
  const { tone, instruction, reason } = verdict
  return `${panel.presentationNo} says ${tone} ${instruction} (${reason}) of ${numberOf(verdict)}`
}
