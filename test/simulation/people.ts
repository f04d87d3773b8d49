import type { Till } from '../../main/redemption/till.ts'
import type { Presented } from './counters.ts'
import type { DeskEvent, CounterEvent } from './plan/events.ts'
import { DiskFull } from './simulated-till.ts'
import type { Stage } from './stage.ts'

export const note = { by: 'supervisor', why: 'simulation' }

/** What cashier and customer do. What the till does not offer is counted and left. */
export function playCounter(event: CounterEvent, stage: Stage): void {
  const { till, history, counters } = stage
  const counter = counters.of(till.id)
  history.count(event.kind)
  switch (event.kind) {
    case 'scan':
      return scan({ ...event, totalFen: counter.totalFen }, stage)
    case 'rescan': {
      const again = counter.scans.at(-1 - event.pick)
      return again && scan({ ...again, totalFen: counter.totalFen }, stage)
    }
    case 'total':
      counter.totalFen = event.fen
      return undefined
    case 'next-customer':
    case 'rest':
      counter.totalFen = null
      return undefined
    case 'return':
      return till.nudge((running) => byHand('give-back', event.pick, running, stage))
    case 'supervisor-honours':
      return till.nudge((running) => byHand('honour', event.pick, running, stage))
    case 'customer-keeps':
    case 'give':
    case 'focus-lost':
    case 'misread':
      return undefined
  }
}

export function playHand(event: Extract<DeskEvent, { kind: 'hand' }>, stage: Stage): void {
  const { action, pick, isWrong } = event
  stage.till.nudge((running) =>
    action === 'resolve'
      ? resolve(pick, isWrong, running, stage)
      : byHand(action, pick % 3, running, stage),
  )
}

function scan(presented: Presented, stage: Stage): void {
  const { till, screen, history, counters, onUnhandled } = stage
  const { payload, stockId, totalFen } = presented
  counters.of(till.id).scans.push(presented)
  countKinds(presented, stage)
  history.add(till.id, `scans …${payload.slice(-4)}`)
  till.use((running) => {
    const batch = stockId === null ? {} : { stockId }
    const total = totalFen === null ? {} : { totalFen }
    running.redeem({ payload, source: 'scanned', ...batch, ...total }).then(
      (verdict) => {
        screen.showVerdict(till.id, presented, verdict)
        const no = verdict.redemption?.useRequestNo ?? ''
        history.add(
          till.id,
          `shows ${verdict.tone} ${verdict.reason} ${no} for …${payload.slice(-4)}`,
        )
      },
      (reason: unknown) => {
        // Without a verdict nothing was promised.
        if (reason instanceof DiskFull) history.add(till.id, 'says that the disk is full')
        else onUnhandled(reason)
      },
    )
  })
}

/** What is special about a scan, for the totals at the end of a run. */
function countKinds({ payload, stockId, totalFen }: Presented, stage: Stage): void {
  const { plan, gateway, history, till } = stage
  const coupon = gateway.coupons.presented(payload, stockId)
  const guessed = plan.settings.onlyStockId
  const kinds = {
    'scan with a total': totalFen !== null,
    'scan while the time is unconfirmed': till.confirmedTime === null,
    [`scan of ${coupon?.batch.kind}`]: coupon !== undefined,
    [`scan of a coupon ${coupon?.taken?.how}`]: coupon != null && coupon.taken !== null,
    [`scan of a coupon with ${coupon?.trouble} for ever`]:
      coupon != null && coupon.trouble !== null,
    'scan of an odd batch': coupon != null && coupon.batch.oddField !== null,
    'scan under week rules': coupon != null && coupon.batch.week !== null,
    'scan under a threshold': coupon != null && coupon.batch.thresholdFen !== null,
    "scan of a merchant's own code": coupon != null && coupon.batch.codes !== 'issued',
    'scan of an own code of 22 digits': coupon?.batch.shape?.prefix === '77',
    'scan of a code of two batches': gateway.coupons.isTwin(payload),
    'scan of a wrongly guessed batch':
      guessed !== null && stockId === null && coupon != null && coupon.stockId !== guessed,
  }
  for (const [kind, isSo] of Object.entries(kinds)) if (isSo) history.count(kind)
}

const hands = {
  'give-back': { state: 'redeemed', act: 'giveBack' },
  cancel: { state: 'pending', act: 'cancel' },
  'send-again': { state: 'review', act: 'sendAgain' },
  honour: { state: 'pending', act: 'honour' },
} as const

/** The first of the last redemptions, from `pick` on, whose state allows it. */
function byHand(action: keyof typeof hands, pick: number, running: Till, stage: Stage): void {
  const { history, till, honouredByHand, onUnhandled } = stage
  const { state, act } = hands[action]
  const entry = running.state().recent.filter((row) => row.state === state)[pick]
  if (!entry) return
  try {
    const done = running[act](entry.useRequestNo, { ...note, stakeFen: 100 })
    if (done.ok && action === 'honour') honouredByHand.add(entry.useRequestNo)
    history.count(done.ok ? `${action} done` : `${action} not allowed`)
    history.add(till.id, `${action} ${entry.useRequestNo}: ${done.ok ? 'done' : done.error.code}`)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'says that the disk is full')
    else onUnhandled(reason)
  }
}

/** A person looks the coupon up in WeChat Pay's own pages and decides by that, or without looking, and wrongly. */
function resolve(pick: number, isWrong: boolean, running: Till, stage: Stage): void {
  const { gateway, history, till, decisions, queue, onUnhandled } = stage
  const entries = running.review().filter(({ isReturn }) => !isReturn)
  const useRequestNo = entries[pick % 3]?.redemption.useRequestNo
  if (useRequestNo === undefined) return
  const how = gateway.isBooked(useRequestNo) === isWrong ? 'loss' : 'confirmed'
  const before = decisions.of(useRequestNo)
  // Beforehand: a process that dies of it may have written it down.
  decisions.set(useRequestNo, { at: queue.now, how, isTrue: !isWrong })
  try {
    const done = running.resolve(useRequestNo, how, note)
    const decided = `resolve as ${how}, ${isWrong ? 'wrongly' : 'truly'}`
    if (!done.ok) decisions.set(useRequestNo, before)
    history.count(done.ok ? decided : `${decided}: not allowed`)
    history.add(till.id, `${decided}: ${useRequestNo}`)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'says that the disk is full')
    else onUnhandled(reason)
  }
}
