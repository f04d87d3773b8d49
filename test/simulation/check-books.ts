import { keyOf } from './model-coupons.ts'
import { checkAudit, isBeginning } from './check-audit.ts'
import { closedUnasked } from './check-closed.ts'
import { checkDecisions } from './check-decisions.ts'
import { checkGivenBack } from './check-given-back.ts'
import { checkRows } from './check-states.ts'
import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** The ledger against each till's file: nothing lost, nothing twice, nothing stuck, money conserved. */
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
  // What a till did in the time that it lost is in no file: there, what it says now is held against the ledger alone.
  const isWhole = !shop.tills.some(({ hasLostTime }) => hasLostTime)
  for (const [useRequestNo, count] of owners.counts)
    if (count !== 1 && isWhole) found.push(`${useRequestNo} is in the care of ${count} tills`)
  // A till that lost its hand-over goes on beside the one that was given it.
  const shared = new Set(isWhole ? [] : sharedBy(files))
  const begun = files.flatMap(({ audit }) => audit.filter(isBeginning))
  for (const { till, rows, audit, damage, stocks } of files) {
    found.push(...damage.map((line) => `${till.id}: the file is damaged: ${line}`))
    const own = rows.filter(({ useRequestNo }) => !shared.has(useRequestNo))
    found.push(...checkRows(shop, till, own), ...checkSent(shop, till, rows))
    found.push(...checkDecisions(shop, till, rows))
    // Once might have been in a process that died of it, and more in a time that was lost.
    for (const [stockId, times] of till.described)
      if (times > 2 && !stocks.has(stockId) && !till.hasLostTime)
        found.push(`${till.id} does not know ${stockId}`)
    found.push(...checkAudit(shop, till, rows, { audit, begun, isWhole }))
    if (isWhole) found.push(...checkMoney(shop, till, rows, owners.tillOf))
    for (const { state, resolution, useRequestNo } of rows) {
      // By a person, or by the coupon itself (check-decisions.ts).
      const isNotRedeemed = state === 'resolved' && resolution === 'not-redeemed'
      if (state === 'cancelled' || state === 'refused' || isNotRedeemed) ended.add(useRequestNo)
    }
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

function checkSent(shop: PlayedShop, till: SimulatedTill, rows: readonly RowInFile[]): string[] {
  const found: string[] = []
  const byNumber = new Map(rows.map((row) => [row.useRequestNo, row]))
  for (const arrival of shop.gateway.arrivals) {
    if (arrival.till !== till.id) continue
    if (!shop.gateway.coupons.presented(arrival.code, null))
      found.push('something that is no coupon was sent')
    const row = byNumber.get(arrival.useRequestNo)
    const isErased = row?.body === null
    if (!row && !till.hasLostTime)
      found.push(`${arrival.useRequestNo} was sent and is not in the file`)
    // What was refused for the signature's time had no effect, and may be written anew.
    else if (row && !isErased && row.body !== arrival.body && arrival.answer !== 'SIGN_ERROR')
      found.push(`${arrival.useRequestNo} was sent with other bytes`)
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
    if (closedUnasked(shop).has(useRequestNo)) continue
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
 * Numbers: one for one coupon, and a second one for a coupon only when the first was decided against it, given back, or
 * cancelled (`checkRows` holds that no attempt of a refused or cancelled one can have had an effect).
 */
function checkNumbers({ gateway, tills }: PlayedShop, ended: ReadonlySet<string>): string[] {
  const found: string[] = []
  const forgetful = new Set(tills.filter(({ hasLostTime }) => hasLostTime).map(({ id }) => id))
  const couponOf = new Map<string, string>()
  const openNumber = new Map<string, string>()
  const firstLeft = new Map<string, number>()
  // A number that this till minted anew for another's has that one's place.
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
  for (const { coupon, useRequestNo, answer, wasProcessed, leftAt } of gateway.arrivals) {
    const known = couponOf.get(useRequestNo)
    if (known !== undefined && known !== coupon)
      found.push(`${useRequestNo} was sent for two coupons`)
    couponOf.set(useRequestNo, coupon)
    // By the till that made the number: one that takes it over did not scan the coupon.
    const [maker = ''] = useRequestNo.split('-', 1)
    const key = `${maker} ${coupon}`
    const open = openNumber.get(key)
    const isReturned = gateway.returns.some((entry) => entry.useRequestNo === open)
    const isEnded = isReturned || (open !== undefined && ended.has(open))
    const isLate = open !== undefined && leftAt < (firstLeft.get(open) ?? 0)
    if (!firstLeft.has(useRequestNo)) firstLeft.set(useRequestNo, leftAt)
    // What left before the other number was made says nothing of it, however late it arrives.
    if (isLate) continue
    if (renewedFromOthers.has(key)) continue
    if (open !== undefined && open !== useRequestNo && !isEnded && !forgetful.has(maker))
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
