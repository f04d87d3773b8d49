import { keyOf } from './model-coupons.ts'
import { checkAudit, isBeginning } from './check-audit.ts'
import { bookedButClosable } from './check-closed.ts'
import { checkDecisions } from './check-decisions.ts'
import { checkReturned } from './check-returned.ts'
import { checkRows } from './check-states.ts'
import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** Checks the ledger against each till's file: nothing lost, nothing twice, nothing stuck, money conserved. */
export function checkBooks(shop: PlayedShop): string[] {
  const found: string[] = []
  const ended = new Set<string>()
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
  // A till's file lacks what it did in the lost time, so that then only its current entries are compared with the
  // ledger.
  const isWhole = !shop.tills.some(({ hasLostTime }) => hasLostTime)
  for (const [useRequestNo, count] of owners.counts)
    if (count !== 1 && isWhole) found.push(`${useRequestNo} is owned by ${count} tills`)
  // A till whose records of a hand-over were lost goes on beside the till that took the entries over.
  const shared = new Set(isWhole ? [] : sharedBy(files))
  const begun = files.flatMap(({ audit }) => audit.filter(isBeginning))
  for (const { till, rows, audit, damage, stocks } of files) {
    found.push(...damage.map((line) => `${till.id}: the file is damaged: ${line}`))
    const own = rows.filter(({ useRequestNo }) => !shared.has(useRequestNo))
    found.push(...checkRows(shop, till, own), ...checkSent(shop, till, rows))
    found.push(...checkDecisions(shop, till, rows))
    // One description may have been lost with a killed process, and more with lost time.
    for (const [stockId, times] of till.described)
      if (times > 2 && !stocks.has(stockId) && !till.hasLostTime)
        found.push(`${till.id} does not know ${stockId}`)
    found.push(...checkAudit(shop, till, rows, { audit, begun, isWhole }))
    if (isWhole) found.push(...checkMoney(shop, till, rows, owners.tillOf))
    for (const { state, resolution, useRequestNo } of rows) {
      // Decided by a person, or by querying the coupon (check-decisions.ts).
      const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'
      if (state === 'cancelled' || state === 'refused' || isNotRedeemed) ended.add(useRequestNo)
    }
  }
  return [...found, ...checkNumbers(shop, ended), ...checkReturned(shop, files)]
}

interface OpenedFile {
  readonly till: SimulatedTill
  readonly rows: readonly RowInFile[]
}

/** Returns which till owns each number: after a hand-over two files have it, and one till goes on with it. */
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

function checkSent(shop: PlayedShop, till: SimulatedTill, rows: readonly RowInFile[]): string[] {
  const found: string[] = []
  const byNumber = new Map(rows.map((row) => [row.useRequestNo, row]))
  for (const arrival of shop.gateway.arrivals) {
    if (arrival.till !== till.id) continue
    if (!shop.gateway.coupons.presented(arrival.code, null))
      found.push('a request was sent for something that is no coupon')
    const row = byNumber.get(arrival.useRequestNo)
    const isErased = row?.body === null
    if (!row && !till.hasLostTime)
      found.push(`${arrival.useRequestNo} was sent and is not in the file`)
    // A request refused for its signature's time had no effect, and may be written again.
    else if (row && !isErased && row.body !== arrival.body && arrival.answer !== 'SIGN_ERROR')
      found.push(`${arrival.useRequestNo} was sent with other bytes`)
  }
  return found
}

/** Checks that what the till counts as given equals the ledger, except for what waits for a person. */
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
    if (bookedButClosable(shop).has(useRequestNo)) continue
    booked += effect.worthFen
    const state = states.get(useRequestNo) ?? ''
    if (['review', 'resolved'].includes(state)) inReview += effect.worthFen
  }
  let redeemed = 0
  for (const row of rows) {
    const isWronged = shop.decisions.of(row.useRequestNo)?.isTrue === false
    if (row.state !== 'redeemed' || isWronged) continue
    const body = row.body ?? shop.gateway.bodyOf(row.useRequestNo)
    redeemed += shop.gateway.couponIn(body)?.batch.discountFen ?? 0
  }
  if (redeemed + inReview === booked) return []
  return [`${till.id}: ${booked} fen booked, ${redeemed} redeemed and ${inReview} in review`]
}

/**
 * Checks numbers: one for each coupon, and a second one only when the first was decided against the coupon, returned,
 * or cancelled (`checkRows` checks that no attempt of a refused or cancelled one can have had an effect).
 */
function checkNumbers({ gateway, tills }: PlayedShop, ended: ReadonlySet<string>): string[] {
  const found: string[] = []
  const forgetful = new Set(tills.filter(({ hasLostTime }) => hasLostTime).map(({ id }) => id))
  const couponOf = new Map<string, string>()
  const openNumber = new Map<string, string>()
  const firstLeft = new Map<string, number>()
  // A number that this till made to replace another till's takes its place.
  const renewedFromOthers = new Set(
    tills.flatMap((till) =>
      till
        .read((file) => file.rows())
        .flatMap(({ useRequestNo, state, reason }) => {
          const coupon = gateway.couponIn(gateway.bodyOf(useRequestNo))
          const isRenewed = state === 'cancelled' && reason === 'clock-wrong'
          const isOwn = useRequestNo.startsWith(`${till.id}-`)
          return isRenewed && !isOwn && coupon ? [`${till.id} ${keyOf(coupon)}`] : []
        }),
    ),
  )
  for (const { till, coupon, useRequestNo, answer, wasProcessed, leftAt } of gateway.arrivals) {
    const known = couponOf.get(useRequestNo)
    if (known !== undefined && known !== coupon)
      found.push(`${useRequestNo} was sent for two coupons`)
    couponOf.set(useRequestNo, coupon)
    // Counted for the till that made the number: a till that takes it over did not scan the coupon.
    const [maker = ''] = useRequestNo.split('-', 1)
    const key = `${maker} ${coupon}`
    const open = openNumber.get(key)
    const isReturned = gateway.returns.some((entry) => entry.useRequestNo === open)
    const isEnded = isReturned || (open !== undefined && ended.has(open))
    const isLate = open !== undefined && leftAt < (firstLeft.get(open) ?? 0)
    if (!firstLeft.has(useRequestNo)) firstLeft.set(useRequestNo, leftAt)
    // A request sent before the other number was made did not take it into account, however late it arrives.
    if (isLate) continue
    if (renewedFromOthers.has(key)) continue
    // A till that was restored goes on with what it had handed over since, and asks before it returns.
    const isForgotten = forgetful.has(maker) || forgetful.has(till)
    if (open !== undefined && open !== useRequestNo && !isEnded && !isForgotten)
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
  if (new Set(numbers).size < numbers.length) found.push('a redemption was returned twice')
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
