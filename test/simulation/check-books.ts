import { checkDecisions } from './check-decisions.ts'
import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** The ledger against each till's file: nothing lost, nothing twice, nothing stuck, money conserved. */
export function checkBooks(shop: PlayedShop): string[] {
  const found: string[] = []
  const cancelled = new Set<string>()
  const files = shop.tills.map((till) => ({
    till,
    ...till.read((file) => ({
      rows: file.rows(),
      audit: file.audit(),
      damage: file.damage(),
      stocks: file.stocks(),
    })),
  }))
  const owners = ownersOf(files)
  for (const [useRequestNo, count] of owners.counts)
    if (count !== 1) found.push(`${useRequestNo} is in the care of ${count} tills`)
  const begun = files.flatMap(({ audit }) => audit.filter(isBeginning))
  for (const { till, rows, audit, damage, stocks } of files) {
    found.push(...damage.map((line) => `${till.id}: the file is damaged: ${line}`))
    found.push(...checkRows(shop, till, rows))
    found.push(...checkDecisions(shop, rows))
    // Once might have been in a process that died of it.
    for (const [stockId, times] of till.described)
      if (times > 2 && !stocks.has(stockId)) found.push(`${till.id} does not know ${stockId}`)
    found.push(...checkAudit(shop, till, rows, { audit, begun }))
    found.push(...checkMoney(shop, till, rows, owners.tillOf))
    for (const { state, useRequestNo } of rows)
      if (state === 'cancelled') cancelled.add(useRequestNo)
  }
  return [...found, ...checkNumbers(shop, cancelled)]
}

interface OpenedFile {
  readonly till: SimulatedTill
  readonly rows: readonly RowInFile[]
}

/** Which till answers for a number: after a hand-over two files know it and one goes on with it. */
function ownersOf(files: readonly OpenedFile[]): {
  readonly tillOf: ReadonlyMap<string, string>
  readonly counts: ReadonlyMap<string, number>
} {
  const tillOf = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const { till, rows } of files)
    for (const { useRequestNo, reason } of rows) {
      const isOwner = reason !== 'handed-over'
      counts.set(useRequestNo, (counts.get(useRequestNo) ?? 0) + Number(isOwner))
      if (isOwner) tillOf.set(useRequestNo, till.id)
    }
  return { tillOf, counts }
}

interface AuditEvent {
  readonly useRequestNo: string
  readonly event: string
}

function isBeginning({ event }: AuditEvent): boolean {
  return event === 'recorded' || event === 'sending'
}

function checkRows(shop: PlayedShop, till: SimulatedTill, rows: readonly RowInFile[]): string[] {
  const found: string[] = []
  const byNumber = new Map(rows.map((row) => [row.useRequestNo, row]))
  for (const { useRequestNo, state, attempts, honoured, body } of rows) {
    if (body === null && isOpen.has(state)) found.push(`${useRequestNo} is erased and ${state}`)
    // One request, and it was answered: a person has nothing to compare, unless goods were given for it.
    if (state === 'review' && attempts === 1 && !honoured)
      found.push(`${useRequestNo} is in review needlessly`)
    if (state === 'refused' && honoured)
      found.push(`${useRequestNo} is a loss that nobody is told of`)
    const isBooked = shop.gateway.effects.some((effect) => effect.useRequestNo === useRequestNo)
    const isReturned = shop.gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
    const isOurs = isBooked && !isReturned
    if (state === 'pending' || state === 'returning') found.push(`${useRequestNo} is stuck`)
    if (state === 'redeemed' && !isOurs) found.push(`${useRequestNo} is redeemed in the file alone`)
    if (state === 'returned' && !isReturned)
      found.push(`${useRequestNo} is given back in the file alone`)
    if (state === 'refused' && isBooked) found.push(`${useRequestNo} is refused but was booked`)
    const wasHeard = shop.gateway.arrivals.some(
      (arrival) => arrival.useRequestNo === useRequestNo && arrival.wasProcessed,
    )
    const wasAnswered = shop.gateway.arrivals.some((entry) => entry.useRequestNo === useRequestNo)
    if (state === 'refused' && wasAnswered && !wasHeard)
      found.push(`${useRequestNo} is refused and only the settings were at fault`)
    if (state === 'cancelled' && wasHeard) found.push(`${useRequestNo} is cancelled but arrived`)
    // A reply that speaks of one attempt says nothing of an earlier one whose fate nobody knows.
    if (state === 'cancelled' && (shop.gateway.openFates.get(useRequestNo) ?? 0) > 0)
      found.push(`${useRequestNo} is cancelled although an attempt of it may have had its effect`)
  }
  for (const arrival of shop.gateway.arrivals) {
    if (arrival.till !== till.id) continue
    if (!shop.gateway.coupons.presented(arrival.code, null))
      found.push('something that is no coupon was sent')
    const row = byNumber.get(arrival.useRequestNo)
    if (!row) found.push(`${arrival.useRequestNo} was sent and is not in the file`)
    // What was refused for the signature's time had no effect, and may be written anew.
    else if (row.body !== null && row.body !== arrival.body && arrival.answer !== 'SIGN_ERROR')
      found.push(`${arrival.useRequestNo} was sent with other bytes`)
  }
  return found
}

const isOpen = new Set(['pending', 'returning', 'review'])

const finalEvents: Readonly<Record<string, string>> = {
  redeemed: 'redeemed',
  refused: 'refused',
  review: 'review',
  returned: 'returned',
  cancelled: 'cancelled',
  resolved: 'resolved',
}

/** The trail alone must tell how each row came to its state, and of every request that left. */
function checkAudit(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
  { audit, begun: everywhere }: Readonly<Record<'audit' | 'begun', readonly AuditEvent[]>>,
): string[] {
  const found: string[] = []
  for (const { useRequestNo, state, attempts, reason } of rows) {
    const ofNumber = (entry: AuditEvent): boolean => entry.useRequestNo === useRequestNo
    const events = audit.flatMap((entry) =>
      entry.useRequestNo === useRequestNo && entry.event !== 'erased' ? [entry.event] : [],
    )
    const begun = audit.filter(ofNumber).filter(isBeginning).length
    // Whoever took it over counts on.
    const isTaken = events[0] === 'taken-over'
    const counted = isTaken ? everywhere.filter(ofNumber).length : begun
    const arrived = shop.gateway.arrivals.filter(
      (arrival) =>
        arrival.till === till.id && arrival.useRequestNo === useRequestNo && !arrival.isResent,
    ).length
    if (events[0] !== 'recorded' && !isTaken)
      found.push(`${useRequestNo} has no audit row of its recording`)
    if (counted !== attempts)
      found.push(`${useRequestNo}: ${attempts} attempts, ${counted} in the audit`)
    if (arrived > begun)
      found.push(`${useRequestNo}: ${arrived} requests arrived, ${begun} in the audit`)
    const asTaken = events.length === 1 && isTaken && state === 'review' ? 'taken-over' : undefined
    const decided = reason === 'handed-over' ? reason : (asTaken ?? finalEvents[state])
    if (decided !== undefined && events.at(-1) !== decided)
      found.push(`${useRequestNo} is ${state}, its audit ends with ${String(events.at(-1))}`)
  }
  return found
}

/** What the till says it gave away is what the ledger says, but for what waits for a person. */
function checkMoney(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
  tillOf: ReadonlyMap<string, string>,
): string[] {
  const states = new Map(rows.map((row) => [row.useRequestNo, row.state]))
  const returned = new Set(shop.gateway.returns.map((entry) => entry.useRequestNo))
  let booked = 0
  let inReview = 0
  for (const effect of shop.gateway.effects) {
    const { useRequestNo } = effect
    if (tillOf.get(useRequestNo) !== till.id || returned.has(useRequestNo)) continue
    booked += effect.worthFen
    const state = states.get(useRequestNo) ?? ''
    if (['review', 'resolved'].includes(state)) inReview += effect.worthFen
  }
  let redeemed = 0
  for (const row of rows) {
    if (row.state !== 'redeemed') continue
    const body = row.body ?? shop.gateway.bodyOf(row.useRequestNo)
    redeemed += shop.gateway.couponIn(body)?.batch.discountFen ?? 0
  }
  if (redeemed + inReview === booked) return []
  return [`${till.id}: ${booked} fen booked, ${redeemed} redeemed and ${inReview} in review`]
}

/**
 * Numbers: one for one coupon, and a second one for a coupon only when the first was decided against it, given back, or
 * cancelled by a person (`checkRows` holds that no attempt of a cancelled one can have had an effect).
 */
function checkNumbers({ gateway }: PlayedShop, cancelled: ReadonlySet<string>): string[] {
  const found: string[] = []
  const couponOf = new Map<string, string>()
  const openNumber = new Map<string, string>()
  for (const { coupon, useRequestNo, answer, wasProcessed } of gateway.arrivals) {
    const known = couponOf.get(useRequestNo)
    if (known !== undefined && known !== coupon)
      found.push(`${useRequestNo} was sent for two coupons`)
    couponOf.set(useRequestNo, coupon)
    // By the till that made the number: one that takes it over did not scan the coupon.
    const key = `${useRequestNo.split('-', 1)[0]} ${coupon}`
    const open = openNumber.get(key)
    const isReturned = gateway.returns.some((entry) => entry.useRequestNo === open)
    const isEnded = isReturned || (open !== undefined && cancelled.has(open))
    if (open !== undefined && open !== useRequestNo && !isEnded)
      found.push(`${useRequestNo} was sent although ${open} was not decided`)
    if (refusals.has(answer) && wasProcessed) openNumber.delete(key)
    else openNumber.set(key, useRequestNo)
  }
  const returned = new Set(gateway.returns.map((entry) => entry.useRequestNo))
  const holders = new Map<string, string>()
  for (const { code, coupon, useRequestNo } of gateway.effects) {
    const holder = holders.get(coupon)
    if (holder !== undefined && !returned.has(holder))
      found.push(`…${code.slice(-4)} is booked under ${holder} and ${useRequestNo}`)
    holders.set(coupon, useRequestNo)
  }
  const numbers = gateway.returns.map((entry) => entry.useRequestNo)
  if (new Set(numbers).size < numbers.length) found.push('a redemption was given back twice')
  return found
}

const refusals = new Set([
  'INVALID_REQUEST',
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_NOT_EXISTS',
  'RULELIMIT',
  'RULE_LIMIT',
  'PARAM_ERROR',
])
