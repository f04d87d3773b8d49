import { codesInFiles } from './chain/codes-in-files.ts'
import type { Hold } from './chain/model-server.ts'
import { isToldAgain, numberOf, type PanelChange, panelChanges, panelsOf } from './panels.ts'
import type { PlayedShop } from './shop.ts'
import type { RowInFile } from './till-file.ts'

/** An answer of the server is told at once, and stands while the coupon is open: so much may lie between. */
const freshMs = 5000

/** Checks what a shop of tills promises, against everything that its server ever did. Shares no code with the domain. */
export function checkChain(shop: PlayedShop): string[] {
  if (shop.shopServer === null) return []
  const changes = panelChanges(panelsOf(shop.screen.counters)).filter(
    (change) => !isToldAgain(shop.screen.restarts, change),
  )
  return [
    ...checkOneHonours(shop, changes),
    ...changes.flatMap((change) => checkStanding(shop, change)),
    ...checkJournal(shop),
    ...checkReleased(shop),
    ...checkSpeed(shop),
  ]
}

interface Honoured {
  readonly change: PanelChange
  readonly number: string
}

/** Checks that of the tills whose claim was won only one honours a coupon, until it is over there. */
function checkOneHonours(shop: PlayedShop, changes: readonly PanelChange[]): string[] {
  const { history } = shop
  const codes = codesInFiles(shop)
  const found: string[] = []
  const honoured = new Map<string, Honoured>()
  for (const change of changes) {
    const { verdict, panel, at } = change
    const number = numberOf(verdict)
    if (verdict.instruction !== 'give' || verdict.redemption?.state !== 'pending') continue
    history.count(`chain: honoured ${verdict.shop?.kind ?? 'unasked'}`)
    if (verdict.shop?.kind !== 'held') continue
    const code = codes.get(number)
    if (code === undefined) continue
    const before = honoured.get(code)
    const isOther = before !== undefined && before.change.panel.till !== panel.till
    if (isOther && !mayBeOver(shop, before, at) && !isForgetful(shop, before.change.panel.till))
      found.push(
        `${panel.till} honours ${number} as held, which ${before.change.panel.till} honoured as ${before.number}`,
      )
    honoured.set(code, { change, number })
  }
  return found
}

/** Whether it was not honoured any more, was handed over, or WeChat Pay or a person ended it at the other till. */
function mayBeOver(
  { screen, tills }: PlayedShop,
  { change, number }: Honoured,
  at: number,
): boolean {
  const { till } = change.panel
  const isSettled = screen.rows.some(
    (row) =>
      row.till === till &&
      row.view.useRequestNo === number &&
      row.at <= at &&
      row.view.state !== 'pending',
  )
  const isHandedOver = tills.some((each) =>
    each.tookOver.some((took) => took.useRequestNos.includes(number)),
  )
  const isTakenBack = screen.counters.some(
    (seen) =>
      seen.till === till &&
      seen.at > change.at &&
      seen.at <= at &&
      [seen.view.shown, ...seen.view.others].some(
        (shown) => shown?.verdict?.instruction === 'not-yet' && numberOf(shown.verdict) === number,
      ),
  )
  return isSettled || isHandedOver || isTakenBack
}

function isForgetful({ tills }: PlayedShop, till: string): boolean {
  return tills.some(({ id, hasLostTime }) => id === till && hasLostTime)
}

/** Checks that what a panel says of the other tills is true by the server's own list of locks. */
function checkStanding(shop: PlayedShop, change: PanelChange): string[] {
  const { verdict, panel, at } = change
  const { shop: standing, reason } = verdict
  const number = numberOf(verdict)
  // Of what was recorded in a till's lost time no file knows the code.
  if (verdict.shop === null || !codesInFiles(shop).has(number)) return []
  const said = `${panel.till} says ${standing?.kind} (${reason}) of ${number}`
  const isGive = verdict.instruction === 'give'
  switch (standing?.kind) {
    case 'asking':
      return isGive ? [`${said} and gives`] : []
    case 'held':
      return wasHeld(shop, change, at) ? [] : [`${said}, which no server ever granted it`]
    case 'elsewhere': {
      if (verdict.instruction !== 'do-not-give' && verdict.instruction !== 'already-given')
        return [`${said} and ${verdict.instruction}`]
      if (reason !== 'claimed-at-other-till') return []
      const holds = holdsOf(shop, number).filter(({ till }) => till === standing.tillId)
      return holds.some(({ from, until }) => from <= at && until >= panel.at - freshMs)
        ? []
        : [`${said}, although ${standing.tillId} did not have it then`]
    }
    default:
      return []
  }
}

/** Under this number, or under an earlier one of the same till, which a renewal replaced. */
function wasHeld(shop: PlayedShop, { verdict, panel }: PanelChange, at: number): boolean {
  const number = numberOf(verdict)
  const { tills } = shop
  const isCarried = tills.some((till) =>
    till.tookOver.some(({ useRequestNos }) => useRequestNos.includes(number)),
  )
  return holdsOf(shop, number).some(
    ({ till, useRequestNo, from }) =>
      from <= at && (useRequestNo === number || till === panel.till || isCarried),
  )
}

function holdsOf(shop: PlayedShop, number: string): readonly Hold[] {
  const code = codesInFiles(shop).get(number)
  return shop.shopServer?.server.holds.filter(({ key }) => key === code) ?? []
}

/** Checks that each transition in a till's trail is at the server once, in the till's order, and says what the file says. */
function checkJournal({ tills, shopServer, history }: PlayedShop): string[] {
  const published = shopServer?.server.published ?? []
  history.count('chain: journal records', published.length)
  return tills.flatMap((till) => {
    const own = published.filter((entry) => entry.till === till.id)
    const arrived = [...new Set(own.map(({ record }) => record.id))]
    const trail = till.read((file) => file.transitions())
    const wanted = trail.map(({ link }) => link)
    const missing = trail.filter(({ link }) => !arrived.includes(link))
    const strange = till.hasLostTime ? [] : arrived.filter((id) => !wanted.includes(id))
    const isInOrder =
      till.hasLostTime || arrived.join() === wanted.filter((id) => arrived.includes(id)).join()
    const rows = till.read((file) => file.rows())
    return [
      ...missing.map(
        ({ event, useRequestNo }) =>
          `${till.id}: ${event} of ${useRequestNo} never came to the server`,
      ),
      ...strange.map((id) => `${till.id}: the server has ${id}, which is in no trail`),
      ...(isInOrder ? [] : [`${till.id}: the journal is not in the till's order`]),
      ...rows.flatMap((row) =>
        checkSum(
          till.id,
          row,
          own.map(({ record }) => record),
        ),
      ),
    ]
  })
}

type Records = readonly {
  readonly useRequestNo: string
  readonly kind: string
  readonly discountFen: number | null
}[]

/** Checks that what was given of a coupon is, to the fen, what the journal told last. */
function checkSum(till: string, row: RowInFile, records: Records): string[] {
  const last = records.findLast(
    ({ useRequestNo, kind }) => useRequestNo === row.useRequestNo && kind === 'given',
  )
  if (last === undefined || !row.isGiven || row.givenFen === last.discountFen) return []
  return [
    `${till}: ${row.useRequestNo} gave ${row.givenFen} fen, and its journal tells of ${last.discountFen}`,
  ]
}

/** Checks that no lock stands for a coupon that its till let go. */
function checkReleased(shop: PlayedShop): string[] {
  const { shopServer, tills } = shop
  const over = new Map<string, string>()
  for (const till of tills)
    for (const row of till.read((file) => file.rows())) {
      const isOver =
        ['cancelled', 'refused', 'returned'].includes(row.state) ||
        (row.state === 'resolved' && row.resolution === 'not-redeemed')
      if (isOver && row.body !== null && !till.hasLostTime) over.set(row.useRequestNo, row.state)
    }
  const renewed = new Set(tills.flatMap((till) => till.read((file) => file.renewed())))
  return (shopServer?.server.standing ?? []).flatMap(({ useRequestNo, till }) =>
    over.has(useRequestNo) && !renewed.has(useRequestNo)
      ? [`${till} is over with ${useRequestNo} (${over.get(useRequestNo)}), and still has its lock`]
      : [],
  )
}

/** Checks that nobody waited for the shop's server longer than for WeChat Pay and a moment. */
function checkSpeed({ counters, tills }: PlayedShop): string[] {
  return tills.flatMap(({ id }) =>
    counters
      .of(id)
      .waits.filter((ms) => ms > longestWaitMs)
      .map((ms) => `${id}: a cashier waited ${ms} ms`),
  )
}

/** The patience of a cashier, and the moment that the first word waits for the server of the shop. */
const longestWaitMs = 5000 + 150
