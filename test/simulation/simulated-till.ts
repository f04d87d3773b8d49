import fs from 'node:fs'
import path from 'node:path'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { putInPlace } from '../../main/store/backup.ts'
import { openStore, type Store } from '../../main/store/store.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { aroundMethods, Crash, CrashPlan, type CrashPoint } from './crash-plan.ts'
import type { Dice } from './dice.ts'
import { copyWhole, damageLog } from './disk-copies.ts'
import type { EventQueue } from './event-queue.ts'
import type { History } from './history.ts'
import type { Line } from './line.ts'
import { appid } from './model-gateway.ts'
import { PcClock } from './pc-clock.ts'
import type { PlannedSettings } from './plan/settings.ts'
import type { Screen } from './screen.ts'
import { TillFile } from './till-file.ts'
import { onDiskThatFills, timersOf } from './troubled-parts.ts'

interface TillParts {
  readonly id: string
  readonly folder: string
  readonly queue: EventQueue
  readonly dice: Dice
  readonly line: Line
  readonly settings: PlannedSettings
  /** What its clock is off by as it is first switched on, in milliseconds. */
  readonly clockOffMs: number
  readonly screen: Screen
  readonly history: History
  readonly onViolation: (what: string) => void
  /** What the till reports of its background work. */
  readonly onFault: (cause: unknown) => void
}

/** One process: the real till on the real store, until it quits or dies. */
interface Life {
  readonly till: Till
  readonly store: Store
  /** The same, as the till has it: with the disk's and the process's troubles. */
  readonly troubled: Store
  readonly crash: CrashPlan
  readonly witness: TillFile
  readonly clock: PcClock
}

const patienceMs = 5000
/** A till PC: its disk stays, its processes come and go. */
export class SimulatedTill {
  readonly id: string
  /** What the PC's clock is off by, in milliseconds. */
  clockOffsetMs: number
  isDiskFull = false
  readonly #parts: TillParts
  #life: Life | null = null
  #generation = 0
  #downMs = 0
  #hasLostTime = false
  #isRestoring = false
  #lastNudgeAt = 0
  readonly #described = new Map<string, number>()
  /** When files of other tills were taken over, by true time. */
  readonly tookOverAt: number[] = []

  constructor(parts: TillParts) {
    this.#parts = parts
    this.id = parts.id
    this.clockOffsetMs = parts.clockOffMs
  }

  get file(): string {
    return path.join(this.#parts.folder, `${this.id}-${this.#generation}.db`)
  }

  get isSettled(): boolean {
    return this.#life?.witness.isSettled() ?? false
  }

  start(): void {
    if (this.#life !== null || this.#isRestoring) return
    const { queue, dice, line, screen, history, settings } = this.#parts
    const random = dice.fork().random
    const file = this.file
    const crash = new CrashPlan(`${file}-wal`, random, (walLength) => this.#buryProcess(walLength))
    const opened = this.#open(file)
    const witness = new TillFile(file)
    const store = onDiskThatFills(opened, crash, () => this.isDiskFull)
    const clock = new PcClock(
      () => queue.now + this.clockOffsetMs,
      () => queue.now,
    )
    const port = line.connect({
      till: this.id,
      clock,
      isDead: () => crash.isDead,
      lastNudgeAt: () => this.#lastNudgeAt,
      onDescribed: (stockId) => this.#hearsOf(stockId),
      onViolation: this.#parts.onViolation,
      onSend: (body) => this.#checkBeforeSend(witness, body),
    })
    const gateway = aroundMethods(port, (_, call) => crash.survive(call))
    const till = createTill({
      gateway,
      judgeReply,
      store,
      clock: () => clock.best(),
      random,
      scheduler: timersOf(queue, crash, this.#parts.onViolation),
      tillId: this.id,
      appid,
      codeRules: settings.codeRules,
      onlyStockId: settings.onlyStockId,
      caps: settings.caps,
      patienceMs,
      offlinePolicy: settings.offline,
      confirmedClock: () => clock.confirmed(),
      correctedClock: () => clock.corrected(),
      pcClock: () => clock.local(),
      elapsed: () => queue.now,
      holdMs: settings.holdMs,
      onFault: this.#parts.onFault,
    })
    till.subscribe(() => screen.showState(this.id, till.state()))
    this.#life = { till, store: opened, troubled: store, crash, witness, clock }
    till.onCounter((view) => screen.showCounter(this.id, view))
    history.add(this.id, 'starts')
    const told = witness.lastTold()
    till.start()
    screen.restart(this.id, till.counter(), told)
  }

  get isRunning(): boolean {
    return this.#life !== null
  }

  /** Calls the running till; a call that ends in a crash or on a full disk has no answer. */
  use(call: (till: Till) => void): void {
    if (this.#life === null) return
    try {
      call(this.#life.till)
    } catch (reason) {
      // Who died in the middle of it has no answer to give.
      if (!(reason instanceof Crash)) throw reason
    }
  }

  /** The same for somebody who has everything tried again by it. */
  nudge(call: (till: Till) => void): void {
    this.#lastNudgeAt = this.#parts.queue.now
    this.use(call)
  }

  quit(): void {
    if (this.#life === null) return
    this.#parts.history.add(this.id, 'quits')
    const { till, store, crash, witness } = this.#life
    this.#life = null
    till.stop()
    // What was under way hears of the abort before the file is closed, as in the app.
    this.#parts.queue.after(0, () => {
      witness.close()
      store.close()
      crash.retire()
    })
  }

  /** As the app does every hour, by a time that WeChat Pay has confirmed. */
  erase(olderThanMs: number): void {
    const { history, onFault } = this.#parts
    const now = this.confirmedTime
    const store = this.#life?.troubled
    if (now === null || !store) return
    try {
      store.eraseSettledBefore(now - olderThanMs, now).then((erased) => {
        history.count('erased', erased)
        history.add(this.id, `erases ${erased}`)
      }, onFault)
    } catch (cause) {
      if (!(cause instanceof Crash)) onFault(cause)
    }
  }

  /** The time as the running till has confirmed it. */
  get confirmedTime(): number | null {
    return this.#life?.clock.confirmed() ?? null
  }

  /** Batches, each as often as WeChat Pay has described it to this till. */
  get described(): ReadonlyMap<string, number> {
    return this.#described
  }

  #hearsOf(stockId: string): void {
    // Without room for it nothing is learnt.
    if (this.isDiskFull) return
    this.#described.set(stockId, (this.#described.get(stockId) ?? 0) + 1)
  }

  /** Whoever notices that the process is gone starts it again after `downMs`. */
  crash(point: CrashPoint | 'now', calls: number, downMs: number): void {
    this.#downMs = downMs
    if (point === 'now') this.#life?.crash.die()
    else this.#life?.crash.arm(point, calls)
  }

  /** A restore or damage took some of its records away: it cannot know what it did then. */
  get hasLostTime(): boolean {
    return this.#hasLostTime
  }

  /** A copy of the records, as they are on the disk now. */
  backUp(): void {
    if (!fs.existsSync(this.file)) return
    this.#parts.history.count('backup')
    copyWhole(this.file, this.#backup)
  }

  /** As the app does it: the till is closed, the backup takes the place of its file, and the till opens again. */
  restore(): void {
    const { queue, history } = this.#parts
    if (this.#life === null || !fs.existsSync(this.#backup)) return
    this.#isRestoring = true
    this.quit()
    queue.after(1, () => {
      history.count('restore')
      history.add(this.id, 'is restored')
      putInPlace(this.#backup, this.file)
      this.#loseTime()
      this.#isRestoring = false
      this.start()
    })
  }

  /** The process dies, and some bytes of its log are not what they were. */
  damageLog(downMs: number): void {
    const { dice, history } = this.#parts
    if (this.#life === null) return
    this.crash('now', 0, downMs)
    if (!damageLog(this.file, dice.fork().random)) return
    history.count('damaged log')
    history.add(this.id, 'has a damaged log')
    this.#loseTime()
  }

  get #backup(): string {
    return path.join(this.#parts.folder, `${this.id}-backup.db`)
  }

  #loseTime(): void {
    this.#hasLostTime = true
    this.#parts.screen.forget(this.id)
  }

  #open(file: string): Store {
    const opened = openStore({ file, dataKey: testDataKey, logBytes: 0, handOverCost: 10 })
    if (!opened.ok) throw new Error(`${file}: ${opened.error.code}`, opened.error)
    if (opened.value.rescue && !this.#hasLostTime) throw new Error(`${file}: was damaged`)
    return opened.value
  }

  /** What the file holds now, read by its own connection. */
  read<T>(look: (file: TillFile) => T): T {
    const file = new TillFile(this.file)
    try {
      return look(file)
    } finally {
      file.close()
    }
  }

  /** The dead process's handles stay as they are; its disk, as the cut left it, goes to the next process. */
  #buryProcess(walLength: number | null): void {
    const { queue, history } = this.#parts
    const life = this.#life
    this.#life = null
    const old = this.file
    this.#generation += 1
    fs.copyFileSync(old, this.file)
    if (fs.existsSync(`${old}-wal`)) fs.copyFileSync(`${old}-wal`, `${this.file}-wal`)
    if (walLength !== null) fs.truncateSync(`${this.file}-wal`, walLength)
    history.count(walLength === null ? 'crash' : 'crash inside a commit')
    history.add(this.id, walLength === null ? 'dies' : 'dies inside a commit')
    queue.after(this.#downMs, () => this.start())
    queue.after(0, () => {
      life?.witness.close()
      life?.store.close()
      for (const end of ['', '-wal', '-shm']) fs.rmSync(old + end, { force: true })
    })
  }

  #checkBeforeSend(witness: TillFile, body: Uint8Array): void {
    const text = new TextDecoder().decode(body)
    const [, useRequestNo = ''] = /"(?:use|return)_request_no":"([^"]+)"/.exec(text) ?? []
    this.#parts.history.add(this.id, `sends ${useRequestNo}`)
    if (!witness.has(useRequestNo))
      this.#parts.onViolation(`${this.id} sent ${useRequestNo} before it was committed`)
  }
}
