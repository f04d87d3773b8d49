import { checkGivenBack } from './check-given-back.ts'
import { doubtful, notProcessed } from './model-gateway.ts'
import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** The ledger against each till's file: nothing lost, nothing twice, nothing stuck, money conserved. */
export function checkBooks(shop: PlayedShop): string[] {
  const found: string[] = []
  const ended = new Set<string>()
  const files = shop.tills.map((till) => ({
    till,
    ...till.read((file) => ({ rows: file.rows(), audit: file.audit(), damage: file.damage() })),
  }))
  const owners = ownersOf(files)
  // What a till did in the time that it lost is in no file: there, what it says now is held against the ledger alone.
  const isWhole = !shop.tills.some(({ hasLostTime }) => hasLostTime)
  for (const [useRequestNo, count] of owners.counts)
    if (count !== 1 && isWhole) found.push(`${useRequestNo} is in the care of ${count} tills`)
  // A till that lost its hand-over goes on beside the one that was given it.
  const shared = new Set(isWhole ? [] : sharedBy(files))
  const begun = files.flatMap(({ audit }) => audit.filter(isBeginning))
  for (const { till, rows, audit, damage } of files) {
    found.push(...damage.map((line) => `${till.id}: the file is damaged: ${line}`))
    const own = rows.filter(({ useRequestNo }) => !shared.has(useRequestNo))
    found.push(...checkRows(shop, till, own), ...checkSent(shop, till, rows))
    found.push(...checkAudit(shop, till, rows, { audit, begun, isWhole }))
    if (isWhole) found.push(...checkMoney(shop, till, rows, owners.tillOf))
    for (const { state, useRequestNo } of rows)
      if (state === 'cancelled' || state === 'refused') ended.add(useRequestNo)
  }
  return [...found, ...checkNumbers(shop, ended), ...checkGivenBack(shop, files)]
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

function sharedBy(files: readonly OpenedFile[]): string[] {
  const numbers = files.flatMap(({ rows }) => rows.map(({ useRequestNo }) => useRequestNo))
  return numbers.filter((number, at) => numbers.indexOf(number) !== at)
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
  for (const { useRequestNo, state, attempts, honoured, reason } of rows) {
    // One request, and it was answered: a person has nothing to compare, unless goods were given for it.
    const isStopped = stopped.has(reason ?? '')
    if (state === 'review' && attempts === 1 && !honoured && !isStopped && !till.hasLostTime)
      found.push(`${useRequestNo} is in review needlessly`)
    if (state === 'refused' && honoured)
      found.push(`${useRequestNo} is a loss that nobody is told of`)
    const isBooked = shop.gateway.effects.some((effect) => effect.useRequestNo === useRequestNo)
    const isReturned = shop.gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
    const isOurs = isBooked && !isReturned
    if (state === 'pending' || state === 'returning') found.push(`${useRequestNo} is stuck`)
    if (state === 'redeemed' && !isOurs && !till.hasLostTime)
      found.push(`${useRequestNo} is redeemed in the file alone`)
    if (state === 'returned' && !isReturned)
      found.push(`${useRequestNo} is given back in the file alone`)
    // It may have been given back in the time that was lost.
    const isHeld = isBooked && !(isReturned && till.hasLostTime)
    if (state === 'refused' && isHeld) found.push(`${useRequestNo} is refused but was booked`)
    const wasHeard = shop.gateway.arrivals.some(
      (arrival) => arrival.useRequestNo === useRequestNo && !notProcessed.has(arrival.answer),
    )
    const wasAnswered = shop.gateway.arrivals.some((entry) => entry.useRequestNo === useRequestNo)
    if (state === 'refused' && wasAnswered && !wasHeard && !isOwnFault(shop, useRequestNo))
      found.push(`${useRequestNo} is refused and only the settings were at fault`)
    if (state === 'cancelled' && wasHeard) found.push(`${useRequestNo} is cancelled but arrived`)
    // A reply that speaks of one attempt says nothing of an earlier one whose fate nobody knows.
    if (state === 'cancelled' && (shop.gateway.openFates.get(useRequestNo) ?? 0) > 0)
      found.push(`${useRequestNo} is cancelled although an attempt of it may have had its effect`)
  }
  return found
}

function checkSent(shop: PlayedShop, till: SimulatedTill, rows: readonly RowInFile[]): string[] {
  const found: string[] = []
  const byNumber = new Map(rows.map((row) => [row.useRequestNo, row]))
  for (const arrival of shop.gateway.arrivals) {
    if (arrival.till !== till.id) continue
    if (!shop.gateway.coupons.has(arrival.code)) found.push('something that is no coupon was sent')
    const row = byNumber.get(arrival.useRequestNo)
    if (!row && !till.hasLostTime)
      found.push(`${arrival.useRequestNo} was sent and is not in the file`)
    else if (row && row.body !== arrival.body)
      found.push(`${arrival.useRequestNo} was sent with other bytes`)
  }
  return found
}

const hourMs = 3_600_000

/**
 * What looks like a fault of the settings may end a coupon that really has it; one that got a doubtful answer again after
 * another was confirmed in between; and one that was tried up to its cap.
 */
function isOwnFault({ gateway }: PlayedShop, useRequestNo: string): boolean {
  const own = gateway.arrivals.filter((arrival) => arrival.useRequestNo === useRequestNo)
  const { code = '', at: firstAt = 0 } = own[0] ?? {}
  const lastAt = own.at(-1)?.at ?? 0
  if (['foreign', 'odd', 'mismatched'].includes(gateway.coupons.get(code)?.condition ?? ''))
    return true
  const doubted = own.filter(({ answer }) => doubtful.has(answer))
  const [from, until] = [doubted[0]?.at ?? lastAt, doubted.at(-1)?.at ?? firstAt]
  const wasOtherConfirmed = gateway.arrivals.some(
    ({ at, answer, code: other }) => answer === 'used' && other !== code && at > from && at < until,
  )
  return wasOtherConfirmed || own.length >= 100 || lastAt - firstAt > 20 * hourMs
}

/** Taken over and not sent: the till has, or had, the coupon under another number. */
const stopped = new Set([
  'redeemed-here-before',
  'being-returned',
  'waiting-here-already',
  'in-review-here',
  'returned-here-before',
])

/** A person's decision is told of as `resolved`, whatever state it leads to; so is a loss that the till books itself. */
const finalEvents: Readonly<Record<string, readonly string[]>> = {
  redeemed: ['redeemed', 'resolved', 'return-refused'],
  refused: ['refused'],
  review: ['review', 'return-refused', 'looked-up'],
  returned: ['returned', 'resolved'],
  cancelled: ['cancelled'],
  resolved: ['resolved'],
}

const sayings = new Set(['told', 'presented'])

/** The trail alone must tell how each row came to its state, and of every request that left. */
function checkAudit(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
  of: Readonly<Record<'audit' | 'begun', readonly AuditEvent[]>> & {
    readonly isWhole: boolean
  },
): string[] {
  const { audit, begun: everywhere, isWhole } = of
  const found: string[] = []
  for (const { useRequestNo, state, attempts, reason } of rows) {
    const ofNumber = (entry: AuditEvent): boolean => entry.useRequestNo === useRequestNo
    // What was told of it, and that it was presented again, changes no state.
    const events = audit.flatMap(({ useRequestNo: number, event }) =>
      number === useRequestNo && !sayings.has(event) ? [event] : [],
    )
    const begun = audit.filter(ofNumber).filter(isBeginning).length
    // Whoever took it over counts on.
    const isTaken = events.includes('taken-over')
    const isGivenOn = isTaken && reason === 'handed-over'
    const counted = isTaken ? everywhere.filter(ofNumber).length : begun
    const arrived = shop.gateway.arrivals.filter(
      (arrival) => arrival.till === till.id && arrival.useRequestNo === useRequestNo,
    ).length
    if (events[0] !== 'recorded' && events[0] !== 'taken-over')
      found.push(`${useRequestNo} has no audit row of its recording`)
    if (counted !== attempts && !isGivenOn && (isWhole || !isTaken))
      found.push(`${useRequestNo}: ${attempts} attempts, ${counted} in the audit`)
    if (arrived > begun && !till.hasLostTime)
      found.push(`${useRequestNo}: ${arrived} requests arrived, ${begun} in the audit`)
    const asTaken =
      events.at(-1) === 'taken-over' && state === 'review' ? ['taken-over'] : undefined
    const handedOver = reason === 'handed-over' ? [reason] : undefined
    const decided = handedOver ?? asTaken ?? finalEvents[state]
    if (decided !== undefined && !decided.includes(events.at(-1) ?? ''))
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
    booked += effect.discountFen
    const state = states.get(useRequestNo) ?? ''
    if (['review', 'resolved'].includes(state)) inReview += effect.discountFen
  }
  let redeemed = 0
  for (const row of rows) {
    if (row.state !== 'redeemed') continue
    const [, code = ''] = /"coupon_code":"([^"]+)"/.exec(row.body) ?? []
    redeemed += shop.gateway.coupons.get(code)?.discountFen ?? 0
  }
  if (redeemed + inReview === booked) return []
  return [`${till.id}: ${booked} fen booked, ${redeemed} redeemed and ${inReview} in review`]
}

/**
 * Numbers: one for one coupon, and a second one for a coupon only when the first was decided against it, given back, or
 * cancelled (`checkRows` holds that no attempt of a refused or cancelled one can have had an effect).
 */
function checkNumbers({ gateway, tills }: PlayedShop, ended: ReadonlySet<string>): string[] {
  const found: string[] = []
  const forgetful = new Set(tills.filter(({ hasLostTime }) => hasLostTime).map(({ id }) => id))
  const codeOf = new Map<string, string>()
  const openNumber = new Map<string, string>()
  for (const { code, useRequestNo, answer } of gateway.arrivals) {
    const known = codeOf.get(useRequestNo)
    if (known !== undefined && known !== code)
      found.push(`${useRequestNo} was sent for two coupons`)
    codeOf.set(useRequestNo, code)
    // By the till that made the number: one that takes it over did not scan the coupon.
    const [maker = ''] = useRequestNo.split('-', 1)
    const key = `${maker} ${code}`
    const open = openNumber.get(key)
    const isReturned = gateway.returns.some((entry) => entry.useRequestNo === open)
    const isEnded = isReturned || (open !== undefined && ended.has(open))
    if (open !== undefined && open !== useRequestNo && !isEnded && !forgetful.has(maker))
      found.push(`${useRequestNo} was sent although ${open} was not decided`)
    if (refusals.has(answer)) openNumber.delete(key)
    else openNumber.set(key, useRequestNo)
  }
  const returned = new Set(gateway.returns.map((entry) => entry.useRequestNo))
  const holders = new Map<string, string>()
  for (const { code, useRequestNo } of gateway.effects) {
    const holder = holders.get(code)
    if (holder !== undefined && !returned.has(holder))
      found.push(`…${code.slice(-4)} is booked under ${holder} and ${useRequestNo}`)
    holders.set(code, useRequestNo)
  }
  const numbers = gateway.returns.map((entry) => entry.useRequestNo)
  if (new Set(numbers).size < numbers.length) found.push('a redemption was given back twice')
  return found
}

const refusals = new Set([
  'RESOURCE_ALREADY_EXISTS',
  'RESOURCE_NOT_EXISTS',
  'RULELIMIT',
  'RULE_LIMIT',
  'PARAM_ERROR',
])
