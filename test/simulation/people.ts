import type { Till } from '../../main/redemption/till.ts'
import { scanOf } from '../support/scan-of.ts'
import type { PresentedScan } from './counters.ts'
import type { DeskEvent, CounterEvent } from './plan/events.ts'
import { correctAnswer, wrongAnswer } from './decide-review.ts'
import type { Stage } from './stage.ts'
import { DiskFull } from './troubled-parts.ts'

export const note = { by: 'supervisor', why: 'simulation' }

/** Plays what cashier and customer do. An action that the till does not offer is counted and skipped. */
export function playCounter(event: CounterEvent, stage: Stage): void {
  const { till, history, counters, queue } = stage
  const counter = counters.of(till.id)
  // Nobody types into a till that is not running; only time passes.
  if (!till.isRunning && event.kind !== 'rest') return undefined
  history.count(event.kind)
  // Whoever does something at the counter has it before them.
  if (event.kind !== 'other-screen' && event.kind !== 'rest') lookAtCounter(stage)
  switch (event.kind) {
    case 'scan':
      return scan({ ...event, totalFen: counter.totalFen }, stage)
    case 'rescan': {
      const again = counter.scans.at(-1 - event.pick)
      return again && scan({ ...again, totalFen: counter.totalFen }, stage)
    }
    case 'total':
      return order(stage, 'nudge', (running) => {
        // A process that dies in the call may have recorded the total or not: the cashier sees which, and does not rely on it.
        counter.totalFen = null
        counter.totals.push({ at: stage.queue.now, fen: event.fen })
        running.setTotal(event.fen)
        counter.totalFen = event.fen
      })
    case 'next-customer':
      return order(stage, 'use', (running) => {
        counter.totalFen = null
        running.nextCustomer()
        // A process that died in the call has not recorded it: after its restart the till does not know of the key.
        if (stage.till.isRunning) counter.nexts.push(stage.queue.now)
      })
    case 'rest':
      counter.totalFen = null
      return undefined
    case 'other-screen':
      till.isInFront = false
      return void queue.after(event.ms, () => lookAtCounter(stage))
    case 'focus-lost':
      return order(stage, 'use', (running) => running.ageVerdict())
    case 'misread':
      return order(stage, 'use', (running) => running.misread('too-short', null))
    case 'shift-end':
      return order(stage, 'nudge', (running) => running.releaseHeld(note.by))
    case 'supervisor-honours':
      return order(stage, 'nudge', (running) => byHand('honour', event.pick, running, stage))
    case 'customer-keeps':
    case 'give':
    case 'return':
      return order(stage, 'nudge', (running) => answerFor(event.kind, event.pick, running, stage))
  }
}

function lookAtCounter(stage: Stage): void {
  if (stage.till.isInFront) return
  stage.till.isInFront = true
  order(stage, 'use', (running) => running.counterCameToFront())
}

export function playHand(event: Extract<DeskEvent, { kind: 'hand' }>, stage: Stage): void {
  const { action, pick, isWrong } = event
  order(stage, 'nudge', (running) =>
    action === 'resolve'
      ? resolve(pick, isWrong, running, stage)
      : byHand(action, pick % 3, running, stage),
  )
}

/** Carries out a person's order at a till whose disk may be full. */
function order(stage: Stage, how: 'use' | 'nudge', call: (running: Till) => void): void {
  const { till, history, onUnhandled } = stage
  try {
    till[how](call)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'says that the disk is full')
    else onUnhandled(reason)
  }
}

const answers = { 'customer-keeps': 'keep', give: 'give', return: 'returnUngiven' } as const

/** Decides about a coupon that still needs an action. */
function answerFor(kind: keyof typeof answers, pick: number, running: Till, stage: Stage): void {
  const { history, till } = stage
  const fits = running
    .counter()
    .open.filter((open) => (open.kind === 'not-given') === (kind !== 'customer-keeps'))
  const number = fits.at(-1 - pick)?.redemption.useRequestNo
  if (number === undefined) return
  const done = running[answers[kind]](number, 'cashier')
  history.count(done.ok ? `${kind} done` : `${kind} not allowed`)
  history.add(till.id, `${kind} ${number}: ${done.ok ? 'done' : done.error.code}`)
}

function scan(presented: PresentedScan, stage: Stage): void {
  const { till, screen, history, counters, queue, onUnhandled } = stage
  const { payload, stockId } = presented
  counters.of(till.id).scans.push(presented)
  countKinds(presented, stage)
  history.add(till.id, `scans …${payload.slice(-4)}`)
  const scannedAt = queue.now
  till.use((running) => {
    running.redeem(scanOf(payload, { cashier: 'cashier', stockId })).then(
      (verdict) => {
        screen.showVerdict(till.id, presented, verdict)
        counters.of(till.id).waits.push(queue.now - scannedAt)
        if (verdict.reason === 'stock-not-chosen') chooseStock(presented, stage)
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

/** Counts what is special about a scan, for the totals at the end of a run. */
function countKinds({ payload, stockId, totalFen }: PresentedScan, stage: Stage): void {
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
  'return-coupon': { state: 'redeemed', act: 'returnCoupon' },
  cancel: { state: 'pending', act: 'cancel' },
  'send-again': { state: 'review', act: 'sendAgain' },
  honour: { state: 'pending', act: 'honour' },
} as const

/** Acts on the first of the latest redemptions, from `pick` on, whose state allows it. */
function byHand(action: keyof typeof hands, pick: number, running: Till, stage: Stage): void {
  const { history, till, honouredByHand } = stage
  const { state, act } = hands[action]
  const entry = running.state().recent.filter((row) => row.state === state)[pick]
  if (!entry) return
  const number = entry.useRequestNo
  if (act === 'honour') honouredByHand.add(number)
  const done =
    act === 'honour'
      ? running.honour(number, note, 'cashier')
      : running[act](number, { ...note, stockId: null })
  history.count(done.ok ? `${action} done` : `${action} not allowed`)
  history.add(till.id, `${action} ${number}: ${done.ok ? 'done' : done.error.code}`)
}

/** The cashier looks at the coupon and names its batch. */
function chooseStock({ payload, stockId }: PresentedScan, stage: Stage): void {
  const { gateway, queue, till, history, onUnhandled } = stage
  const coupon = gateway.coupons.presented(payload, stockId)
  if (!coupon) return
  queue.after(chooseMs, () =>
    order(stage, 'use', (running) => {
      const { shown } = running.counter()
      if (shown?.verdict?.reason !== 'stock-not-chosen') return
      history.count('batch chosen')
      history.add(till.id, `chooses ${coupon.stockId}`)
      running.chooseStock(shown.presentationNo, coupon.stockId).catch((reason: unknown) => {
        if (!(reason instanceof DiskFull)) onUnhandled(reason)
      })
    }),
  )
}

const chooseMs = 2000

/**
 * A person looks the coupon up on WeChat Pay's merchant platform and decides accordingly, or decides wrongly without
 * looking.
 */
function resolve(pick: number, isWrong: boolean, running: Till, stage: Stage): void {
  const { gateway, history, till, decisions, queue } = stage
  const entry = running.review()[pick % 3]
  const answer = entry && (isWrong ? wrongAnswer : correctAnswer)(entry, gateway)
  if (!entry || !answer) return
  const { useRequestNo } = entry.redemption
  const before = decisions.of(useRequestNo)
  // Recorded before the call, because a process that dies in it may have written the decision.
  decisions.set(useRequestNo, { at: queue.now, how: answer.how, isTrue: !isWrong })
  const done =
    answer.how === 'return'
      ? running.returnCoupon(useRequestNo, { ...note, stockId: answer.stockId })
      : running.resolve(useRequestNo, answer.how, note)
  const decided = `resolve as ${answer.how}, ${isWrong ? 'wrongly' : 'truly'}`
  if (!done.ok) decisions.set(useRequestNo, before)
  history.count(done.ok ? decided : `${decided}: not allowed`)
  history.add(till.id, `${decided}: ${useRequestNo}`)
}
