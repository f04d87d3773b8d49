import type { Dice } from './dice.ts'
import { Crash } from './crash-plan.ts'
import { decideReview, note } from './decide-review.ts'
import { EventQueue } from './event-queue.ts'
import { HandOvers } from './hand-overs.ts'
import { History } from './history.ts'
import { Line } from './line.ts'
import { ModelGateway } from './model-gateway.ts'
import { type Plan, type PlannedEvent, planSeed } from './plan.ts'
import type { OfflinePolicy } from '../../main/redemption/offline-policy.ts'
import type { Till } from '../../main/redemption/till.ts'
import { Screen } from './screen.ts'
import { DiskFull, SimulatedTill } from './simulated-till.ts'

export interface PlayedShop {
  readonly plan: Plan
  readonly gateway: ModelGateway
  readonly screen: Screen
  readonly tills: readonly SimulatedTill[]
  readonly history: History
  /** Numbers that a supervisor honoured without an answer. */
  readonly honouredByHand: ReadonlySet<string>
  /** What was seen to go wrong while it happened. */
  readonly violations: readonly string[]
}

/** 10:00 in Beijing on a Monday. */
const startsAt = Date.parse('2026-01-05T10:00:00+08:00')
/** Long enough for every back-off and cap to have run out after the last fault. */
const graceMs = 4 * 24 * 3_600_000

/** Plays one seed, or one plan, from the first scan until everything has settled, or has had the time to. */
export async function playShop(dice: Dice, folder: string, of?: Plan): Promise<PlayedShop> {
  const plan = of ?? planSeed(dice.fork())
  const violations: string[] = []
  const queue = new EventQueue(startsAt, dice.fork(), () => onViolation('a till spins'))
  const history = new History(() => queue.now)
  const gateway = new ModelGateway(
    plan,
    () => queue.now,
    history,
    (what) => onViolation(what),
  )
  const screen = new Screen(() => queue.now)
  const honouredByHand = new Set<string>()
  const onViolation = (what: string): void => {
    history.add('VIOLATION', what)
    violations.push(what)
  }
  const onUnhandled = (reason: unknown): void => {
    if (reason instanceof Crash) return
    onViolation(
      `nobody caught: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
    )
  }
  const onFault = (cause: unknown): void => {
    if (cause instanceof DiskFull) history.add('log', 'the disk is full')
    else onUnhandled(cause)
  }
  const lines = dice.times(
    plan.tills,
    () => new Line({ plan, queue, dice: dice.fork(), gateway, history }),
  )
  const tills = lines.map(
    (line, index) =>
      new SimulatedTill({
        id: `T${index + 1}`,
        folder,
        queue,
        dice: dice.fork(),
        line,
        policy: policyOf(plan, gateway),
        screen,
        history,
        onViolation,
        onFault,
      }),
  )
  const handOvers = new HandOvers({ queue, history, dice: dice.fork(), onUnhandled })
  process.on('unhandledRejection', onUnhandled)
  try {
    for (const till of tills) till.start()
    const shop = { tills, handOvers, queue, gateway, screen, history, honouredByHand, onUnhandled }
    for (const { atMs, till: index, event } of plan.events) {
      const till = tills[index]
      const line = lines[index]
      if (!till || !line) throw new Error(`the plan names till ${index}`)
      queue.at(startsAt + atMs, () => play(event, { ...shop, till, line }))
    }
    await queue.run(startsAt + plan.endsAtMs)
    history.add('world', 'all faults end')
    for (const line of lines) {
      line.isPerfect = true
      line.outage = null
    }
    gateway.settingsFault = null
    for (const till of tills) {
      till.clockOffsetMs = 0
      till.isDiskFull = false
      till.start()
    }
    const isOver = (): boolean => handOvers.areOver && tills.every((till) => till.isSettled)
    await queue.run(queue.now + graceMs, isOver)
    for (const till of tills) till.quit()
    await queue.run(queue.now + 1)
  } finally {
    process.off('unhandledRejection', onUnhandled)
  }
  return { plan, gateway, screen, tills, history, honouredByHand, violations }
}

/** Batches have to be known to be honoured: the shop names those it honours. */
function policyOf(plan: Plan, gateway: ModelGateway): OfflinePolicy {
  const stocks = new Set([...gateway.coupons.values()].map(({ stockId }) => stockId))
  return {
    mode: plan.policy,
    byStock: Object.fromEntries([...stocks].map((stockId) => [stockId, plan.policy])),
    limits: {
      open: 3,
      openFen: 30_000,
      singleFen: 15_000,
      oldestMs: 3_600_000,
      sinceContactMs: 4 * 3_600_000,
    },
  }
}

interface Stage {
  readonly till: SimulatedTill
  readonly tills: readonly SimulatedTill[]
  readonly honouredByHand: Set<string>
  readonly handOvers: HandOvers
  readonly line: Line
  readonly queue: EventQueue
  readonly gateway: ModelGateway
  readonly screen: Screen
  readonly history: History
  readonly onUnhandled: (reason: unknown) => void
}

function play(event: PlannedEvent, stage: Stage): void {
  const { till, line, queue, gateway, history } = stage
  if (event.kind !== 'scan') history.add(till.id, JSON.stringify(event))
  switch (event.kind) {
    case 'scan':
      return scan(event, stage)
    case 'crash':
      return till.crash(event.point, event.calls, event.downMs)
    case 'quit':
      till.quit()
      queue.after(event.downMs, () => till.start())
      return
    case 'outage':
      history.count('outage')
      line.outage = event.how
      queue.after(event.ms, () => (line.outage = null))
      return
    case 'settings':
      history.count('settings fault')
      gateway.settingsFault = event.fault
      queue.after(event.ms, () => (gateway.settingsFault = null))
      return
    case 'clock-step':
      history.count('clock step')
      till.clockOffsetMs += event.byMs
      queue.after(event.mendedAfterMs, () => (till.clockOffsetMs = 0))
      return
    case 'disk-full':
      history.count('disk full')
      till.isDiskFull = true
      queue.after(event.ms, () => (till.isDiskFull = false))
      return
    case 'hand':
      return till.use((running) => byHand(event, running, stage))
    case 'pause':
      till.use((running) => running.pause())
      queue.after(event.ms, () => till.use((running) => running.resume()))
      return
    case 'peers':
      return till.use((running) => hearFromPeers(running, stage))
    case 'hand-over':
      return stage.handOvers.carry(till, otherTill(event.to, stage))
    case 'take-again':
      return stage.handOvers.takeAgain()
    case 'back-up':
      return till.backUp()
    case 'restore':
      return till.restore()
    case 'damage-log':
      return till.damageLog(event.downMs)
    case 'sync-now':
      return till.use((running) => running.syncNow())
    case 'network-hint':
      return till.use((running) => running.networkHint())
  }
}

function otherTill(to: number, { till, tills }: Stage): SimulatedTill {
  const other = tills[(tills.indexOf(till) + to) % tills.length]
  if (!other) throw new Error(`the plan names till ${to}`)
  return other
}

const hands = {
  'give-back': { state: 'redeemed', act: 'giveBack' },
  cancel: { state: 'pending', act: 'cancel' },
  'send-again': { state: 'review', act: 'sendAgain' },
  resolve: { state: 'review', act: 'resolve' },
  honour: { state: 'pending', act: 'honour' },
} as const

function carryOut(
  act: (typeof hands)[keyof typeof hands]['act'],
  running: Till,
  gateway: ModelGateway,
  number: string,
) {
  switch (act) {
    case 'resolve':
      return decideReview(number, running, gateway)
    case 'honour':
      return running.honour(number, note, null)
    default:
      return running[act](number, note)
  }
}

/** The first of the last redemptions, from `pick` on, whose state allows it. */
function byHand(
  { action, pick }: Extract<PlannedEvent, { kind: 'hand' }>,
  running: Till,
  { history, till, gateway, honouredByHand, onUnhandled }: Stage,
): void {
  const { state, act } = hands[action]
  const entry = running.state().recent.filter((row) => row.state === state)[pick % 3]
  if (!entry) return
  try {
    const done = carryOut(act, running, gateway, entry.useRequestNo)
    if (done.ok && action === 'honour') honouredByHand.add(entry.useRequestNo)
    history.count(done.ok ? action : `${action} not allowed`)
    history.add(till.id, `${action} ${entry.useRequestNo}: ${done.ok ? 'done' : done.error.code}`)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'says that the disk is full')
    else onUnhandled(reason)
  }
}

function scan(
  { payload, choosesStock }: Extract<PlannedEvent, { kind: 'scan' }>,
  { till, screen, history, gateway, onUnhandled }: Stage,
): void {
  const stockId = choosesStock ? gateway.coupons.get(payload)?.stockId : undefined
  history.count('scan')
  history.add(till.id, `scans …${payload.slice(-4)}`)
  till.use((running) => {
    running.redeem({ payload, source: 'scanned', ...(stockId !== undefined && { stockId }) }).then(
      (verdict) => {
        screen.showVerdict(till.id, payload, verdict)
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

/** As the other tills' lists would tell it; what was given back since is none. */
function hearFromPeers(running: Till, { till, gateway, history, onUnhandled }: Stage): void {
  const returned = new Set(gateway.returns.map(({ useRequestNo }) => useRequestNo))
  const redeemed = gateway.effects
    .filter((effect) => effect.till !== till.id && !returned.has(effect.useRequestNo))
    .map(({ code, till: tillId, useRequestNo, at }) => ({
      couponCode: code,
      tillId,
      useRequestNo,
      at,
    }))
  try {
    running.hearFromPeers(redeemed)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'has no room for what the others tell')
    else onUnhandled(reason)
  }
}
