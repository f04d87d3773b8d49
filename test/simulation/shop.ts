import { Counters } from './counters.ts'
import type { Dice } from './dice.ts'
import { Crash } from './crash-plan.ts'
import { Decisions } from './decisions.ts'
import { EventQueue } from './event-queue.ts'
import { HandOvers } from './hand-overs.ts'
import { History } from './history.ts'
import { exchange, Line } from './line.ts'
import type { ModelCoupon } from './model-coupons.ts'
import { ModelGateway } from './model-gateway.ts'
import { playCounter, playHand } from './people.ts'
import { type Plan, planSeed } from './plan.ts'
import type { PlannedEvent } from './plan/events.ts'
import { startsAt } from './plan/time.ts'
import type { Till } from '../../main/redemption/till.ts'
import { Screen } from './screen.ts'
import { ShopServer } from './chain/shop-server.ts'
import { SimulatedTill } from './simulated-till.ts'
import type { Stage } from './stage.ts'
import { DiskFull } from './troubled-parts.ts'

export interface PlayedShop {
  readonly plan: Plan
  readonly gateway: ModelGateway
  readonly screen: Screen
  readonly tills: readonly SimulatedTill[]
  /** `null` for tills that know nothing of each other. */
  readonly shopServer: ShopServer | null
  readonly history: History
  /** `useRequestNo` of each coupon that a supervisor honoured without a reply. */
  readonly honouredByHand: ReadonlySet<string>
  readonly decisions: Decisions
  readonly counters: Counters
  /** Violations noticed while they happened. */
  readonly violations: readonly string[]
}

/** Long enough for every back-off and cap to run out after the last fault. */
const graceMs = 4 * 24 * 3_600_000
/** Many times what a seed needs: a till that goes on asking moves the clock and would never finish. */
const mostExchanges = 20_000

/** Plays one seed, or the given plan, from the first scan until everything is settled or has had the time for it. */
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
  const decisions = new Decisions()
  const counters = new Counters()
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
  const ids = lines.map((_, index) => `T${index + 1}`)
  const shopServer =
    plan.chain &&
    new ShopServer({ planned: plan.chain, ids, queue, dice: dice.fork(), history, onFault })
  const tills = lines.map(
    (line, index) =>
      new SimulatedTill({
        id: `T${index + 1}`,
        folder,
        queue,
        dice: dice.fork(),
        line,
        place: shopServer?.places[index] ?? null,
        settings: plan.settings,
        clockOffMs: plan.clocksOffMs[index] ?? 0,
        screen,
        history,
        onViolation,
        onFault,
      }),
  )
  const handOvers = new HandOvers({ queue, history, dice: dice.fork(), onUnhandled })
  process.on('unhandledRejection', onUnhandled)
  // Catches what is thrown in a microtask.
  process.on('uncaughtException', onUnhandled)
  try {
    for (const till of tills) till.start()
    const people = { counters, decisions, honouredByHand, handOvers }
    const shop = {
      plan,
      tills,
      queue,
      gateway,
      screen,
      history,
      ...people,
      shopServer,
      onUnhandled,
    }
    for (const { atMs, till: index, event } of plan.events) {
      const till = tills[index]
      const line = lines[index]
      if (!till || !line) throw new Error(`the plan names till ${index}`)
      queue.at(startsAt + atMs, () => play(event, { ...shop, till, line }))
    }
    const isEndless = (): boolean => (history.counts.get(exchange) ?? 0) > mostExchanges
    await queue.run(startsAt + plan.endsAtMs, isEndless)
    history.add('world', 'all faults end')
    for (const line of lines) {
      line.isPerfect = true
      line.outage = null
      line.hasWrongKey = false
    }
    gateway.settingsFault = null
    shopServer?.mend()
    for (const till of tills) {
      till.clockOffsetMs = 0
      till.isDiskFull = false
      till.start()
    }
    const isOver = (): boolean => handOvers.areOver && tills.every((till) => till.isSettled)
    await queue.run(queue.now + graceMs, () => isOver() || isEndless())
    if (isEndless()) onViolation('went on without end')
    for (const till of tills) till.quit()
    await queue.run(queue.now + 1)
  } finally {
    process.off('unhandledRejection', onUnhandled)
    process.off('uncaughtException', onUnhandled)
  }
  const people = { honouredByHand, decisions, counters }
  return { plan, gateway, screen, tills, shopServer, history, ...people, violations }
}

function play(event: PlannedEvent, stage: Stage): void {
  const { till, line, queue, gateway, history } = stage
  if (event.kind !== 'scan') history.add(till.id, JSON.stringify(event))
  switch (event.kind) {
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
      history.count(`settings: ${event.fault}`)
      gateway.settingsFault = event.fault
      queue.after(event.ms, () => (gateway.settingsFault = null))
      return
    case 'wrong-key':
      history.count('wrong key')
      line.hasWrongKey = true
      queue.after(event.ms, () => (line.hasWrongKey = false))
      return
    case 'clock-step':
      history.count('clock step')
      till.clockOffsetMs += event.byMs
      queue.after(event.mendedAfterMs, () => (till.clockOffsetMs = 0))
      return
    case 'disk-full':
      history.count('disk full')
      till.isDiskFull = true
      stage.screen.fillDisk(till.id)
      queue.after(event.ms, () => {
        till.isDiskFull = false
        stage.screen.freeDisk(till.id)
      })
      return
    case 'hand':
      return playHand(event, stage)
    case 'erase':
      return till.erase(event.olderThanMs)
    case 'pause':
      till.nudge((running) => running.pause())
      queue.after(event.ms, () => till.nudge((running) => running.resume()))
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
    case 'chain-cut':
    case 'chain-other-server':
    case 'chain-killed':
    case 'chain-disk-lost':
      return stage.shopServer?.play(event, stage.tills.indexOf(till))
    case 'sync-now':
      return till.nudge((running) => running.syncNow())
    case 'network-hint':
      return till.nudge((running) => running.networkHint())
    default:
      return playCounter(event, stage)
  }
}

function otherTill(to: number, { till, tills }: Stage): SimulatedTill {
  const other = tills[(tills.indexOf(till) + to) % tills.length]
  if (!other) throw new Error(`the plan names till ${to}`)
  return other
}

/** Tells the till what other tills redeemed, as their lists would, without what was returned since. */
function hearFromPeers(running: Till, { till, gateway, history, onUnhandled }: Stage): void {
  const returned = new Set(gateway.returns.map(({ useRequestNo }) => useRequestNo))
  const redeemed = gateway.effects
    .filter((effect) => effect.till !== till.id && !returned.has(effect.useRequestNo))
    .map(({ code, till: tillId, useRequestNo, at }) => ({
      couponCode: code,
      stockId: batchOf(gateway.couponIn(gateway.bodyOf(useRequestNo))),
      tillId,
      useRequestNo,
      at,
      state: 'redeemed' as const,
    }))
  try {
    running.hearFromPeers(redeemed)
  } catch (reason) {
    if (reason instanceof DiskFull) history.add(till.id, 'has no room for what the others tell')
    else onUnhandled(reason)
  }
}

/** The batch as a till names it, for a merchant's own code. */
function batchOf(coupon: ModelCoupon | undefined): string | null {
  return coupon === undefined || coupon.batch.codes === 'issued' ? null : coupon.stockId
}
