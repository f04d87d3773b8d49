import type { Verdict } from '../../main/contract/counter.ts'
import { checkHonoured } from './check-honoured.ts'
import { checkPrices } from './check-prices.ts'
import { checkRefusal } from './check-red.ts'
import { keyOf } from './model-coupons.ts'
import { isToldAgain, numberOf, panelsOf, type PanelChange, panelChanges } from './panels.ts'
import type { PlayedShop } from './shop.ts'
import type { RowInFile } from './till-file.ts'

/** Checks everything that counters showed against the ledger. Shares no code with the domain. */
export function checkPresentations(shop: PlayedShop): string[] {
  const panels = panelsOf(shop.screen.counters)
  const changes = panelChanges(panels)
  shop.history.count('presentation', panels.length)
  for (const { verdict } of changes) shop.history.count(`presentation told: ${verdict.instruction}`)
  return [
    ...checkGivenOnce(shop, changes),
    ...checkPanels(shop, changes),
    ...changes.flatMap((change) => checkChange(shop, change)),
    ...checkHonoured(shop, changes),
    ...checkPrices(shop, changes),
    ...checkKept(shop, changes),
    ...checkRestarts(shop),
    ...checkSeen(shop, changes),
    ...checkTold(shop, changes),
  ]
}

/**
 * Checks that at most one presentation of a coupon shows "give", until it takes that back or the coupon is returned.
 */
function checkGivenOnce(
  { gateway, screen, tills }: PlayedShop,
  changes: readonly PanelChange[],
): string[] {
  const found: string[] = []
  const giving = new Map<string, PanelChange>()
  const forgetful = new Set(tills.filter(({ hasLostTime }) => hasLostTime).map(({ id }) => id))
  for (const change of changes) {
    const number = numberOf(change.verdict)
    if (number === '' || forgetful.has(change.panel.till)) continue
    // Two tills recognise the same coupon only by a number that was handed over from one to the other.
    const coupon = gateway.couponIn(gateway.bodyOf(number))
    const keys = [number, ...(coupon ? [`${change.panel.till} ${keyOf(coupon)}`] : [])]
    for (const key of keys) {
      const other = giving.get(key)
      const isGive = change.verdict.instruction === 'give'
      const isOther = other !== undefined && other.panel !== change.panel
      const last = other && gateway.couponIn(gateway.bodyOf(numberOf(other.verdict)))
      // A coupon that was returned since, whoever had redeemed it, may be given again.
      const wasReturned = gateway.returns.some(
        (back) => last && back.coupon === keyOf(last) && isBetween(back.at, other.at, change.at),
      )
      // What was told while nothing could be written is known until the program ends, and no longer.
      const wasForgotten = screen.restarts.some(
        ({ till, at }) =>
          other?.verdict.isUnrecorded &&
          till === other.panel.till &&
          isBetween(at, other.at, change.at),
      )
      if (isGive && isOther && !wasReturned && !wasForgotten)
        found.push(`${told(change)}, after ${told(other)}`)
      if (isGive) giving.set(key, change)
      else if (!isOther && change.verdict.instruction !== 'already-given') giving.delete(key)
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
  'honoured-at-other-till',
  'claimed-at-other-till',
  'handed-over',
])

/** Checks that a panel speaks only of its own coupon, and not after another presentation took the coupon over. */
function checkPanels({ screen }: PlayedShop, changes: readonly PanelChange[]): string[] {
  const found: string[] = []
  const holders = new Map<string, PanelChange>()
  for (const change of changes) {
    const { panel, verdict, before } = change
    const number = numberOf(verdict)
    if (verdict.redemption !== null && verdict.redemption.codeTail !== panel.codeTail)
      found.push(`${told(change)} on the panel of …${panel.codeTail}`)
    if (number === '') continue
    // The till does not know which presentation took a coupon over in its lost time, or on a full disk.
    const losses = [...screen.forgotten, ...screen.unsaved].filter(
      ({ till, at }) => till === panel.till && at <= change.at,
    )
    const key = `${panel.till} ${losses.length} ${number}`
    const holder = holders.get(key)
    // A restart shows the same redemption in its present state.
    const isChanged = before !== null && !isSameVerdict(before, verdict)
    if (isChanged && numberOf(before) === number && holder && holder.panel !== panel)
      found.push(`${told(change)} after ${holder.panel.presentationNo} took the coupon over`)
    // What another till has is said of a coupon that waits here, too.
    const isHeld = !recalls.has(verdict.reason) || verdict.shop !== null
    if (isHeld || holder?.panel === panel) holders.set(key, change)
  }
  return found
}

function isSameVerdict(one: Verdict, other: Verdict): boolean {
  return one.instruction === other.instruction && one.reason === other.reason
}

/** Reasons that count as silence, with which "give" is allowed. */
const silence = new Set([
  'no-connection',
  'no-answer-in-time',
  'service-error',
  'rate-limited',
  'answer-not-verified',
  'reply-key-unknown',
])
const confirmed = new Set(['redeemed', 'confirmed-by-person'])

function checkChange(shop: PlayedShop, change: PanelChange): string[] {
  const { gateway } = shop
  const { verdict, at, panel } = change
  const { redemption, reason, instruction, tone } = verdict
  const found: string[] = []
  const fits = redemption?.state === 'pending' ? silence : confirmed
  const isOpen = redemption?.state === 'pending' || redemption?.state === 'redeemed'
  // A restart shows the earlier verdict beside the redemption's present state.
  const isReadBack =
    isToldAgain(shop.screen.restarts, change) ||
    (change.before?.at === verdict.at && isSameVerdict(change.before, verdict))
  if (instruction === 'give' && !isReadBack && !(fits.has(reason) && isOpen))
    found.push(`${told(change)} in state ${redemption?.state}`)
  const booked = gateway.effects.find((effect) => effect.useRequestNo === numberOf(verdict))
  if (tone === 'green' && !(booked && booked.at <= at))
    found.push(`${told(change)} and nothing was booked`)
  if (instruction === 'do-not-give' && tone === 'red' && redemption?.given != null) {
    const isNamed = recalls.has(reason) && verdict.given !== null
    if (booked && !isNamed && gateway.isBooked(numberOf(verdict)))
      found.push(`${told(change)} of a coupon that ${panel.till} has given without showing when`)
  }
  if (tone === 'red' && redemption?.state === 'refused') {
    const coupon = gateway.couponIn(gateway.bodyOf(redemption.useRequestNo))
    const shown = { ...change, till: panel.till }
    found.push(...checkRefusal(shop, shown, coupon).map((what) => `${told(change)} ${what}`))
  }
  // Green: what WeChat Pay confirmed is true, whether or not the disk had room for it.
  const isTrue = redemption?.state === 'redeemed' && booked !== undefined
  if (verdict.isUnrecorded && isTrue && tone === 'red')
    found.push(`${told(change)} and is redeemed`)
  return found
}

/** Checks that no coupon is given by a verdict that nobody saw. What a person ordered at another desk is not the counter's word. */
function checkSeen(
  { honouredByHand, screen }: PlayedShop,
  changes: readonly PanelChange[],
): string[] {
  return changes
    .filter(
      (change) =>
        !change.isInFront &&
        change.verdict.instruction === 'give' &&
        change.before?.instruction !== 'give' &&
        !isToldAgain(screen.restarts, change) &&
        !honouredByHand.has(numberOf(change.verdict)),
    )
    .map((change) => `${told(change)} while another screen was in front`)
}

/** Checks that at the end no coupon is redeemed and kept without its discount having been told. */
function checkKept(shop: PlayedShop, changes: readonly PanelChange[]): string[] {
  const { gateway, tills, decisions, history } = shop
  const given = new Set(
    changes.flatMap(({ verdict }) =>
      ['give', 'already-given'].includes(verdict.instruction) ? [numberOf(verdict)] : [],
    ),
  )
  // Found by the request in the file: a number that was renewed never arrived at WeChat Pay.
  const bodies = new Map(
    tills.flatMap((till) =>
      till.read((file) => file.rows()).map(({ useRequestNo, body }) => [useRequestNo, body]),
    ),
  )
  const givenCoupons = new Set(
    changes.flatMap(({ verdict }) => {
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
      // Renewed since, perhaps by a till that took it over, so that it was honoured under another number.
      const coupon = gateway.couponIn(gateway.bodyOf(useRequestNo))
      if (row.honoured && coupon && givenCoupons.has(keyOf(coupon))) return []
      const why = whyKept(row, decisions.of(useRequestNo) !== undefined)
      if (why === null)
        return [`${useRequestNo} is redeemed and kept, and its discount was never told`]
      history.count(`redeemed, kept and not given: ${why}`)
      return []
    })
  })
}

/** Returns the rows that this number replaced because of a wrong clock: what was told for them counts for this one. */
function mintedAnew({ body }: RowInFile, rows: readonly RowInFile[]): readonly RowInFile[] {
  const coupon = couponOf(body)
  if (coupon === null) return []
  return rows.filter(
    ({ state, reason, body: other }) =>
      state === 'cancelled' && reason === 'clock-wrong' && couponOf(other) === coupon,
  )
}

/** Returns what a request names of the coupon; `null` for an erased one. */
function couponOf(body: string | null): string | null {
  return /"coupon_code":"[^"]+"(,"stock_id":"[^"]+")?/.exec(body ?? '')?.[0] ?? null
}

function whyKept(row: RowInFile, isDecided: boolean): string | null {
  if (row.isReturnRefused) return 'return refused'
  if (isDecided) return 'a person decided'
  return row.stockId === null ? 'batch unknown' : null
}

/** Checks that a restarted till shows what its file says was told last, and nothing of an order that is over. */
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

/** Checks that every "give" is in the audit trail. */
function checkTold({ tills }: PlayedShop, changes: readonly PanelChange[]): string[] {
  return tills.flatMap((till) => {
    if (till.hasLostTime) return []
    const trail = new Set(
      till
        .read((file) => file.told(Number.MAX_SAFE_INTEGER))
        .map(({ presentationNo, instruction, reason }) =>
          [presentationNo, instruction, reason].join(' '),
        ),
    )
    return changes.flatMap((change) => {
      const { panel, verdict } = change
      const { presentationNo } = panel
      const isHere = panel.till === till.id && verdict.instruction === 'give'
      const isTold = trail.has([presentationNo, verdict.instruction, verdict.reason].join(' '))
      return isHere && !verdict.isUnrecorded && !isTold
        ? [`${told(change)}, which is not in the trail`]
        : []
    })
  })
}

function told({ panel, verdict }: PanelChange): string {
  const { tone, instruction, reason } = verdict
  return `${panel.presentationNo} shows ${tone} ${instruction} (${reason}) of ${numberOf(verdict)}`
}
