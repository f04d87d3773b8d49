import fs from 'node:fs'
import path from 'node:path'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import { defaultLimits } from '../../main/redemption/till-parts.ts'
import { putInPlace } from '../../main/store/backup.ts'
import { openStore, type Store } from '../../main/store/store.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { checkBeforeSend } from './check-before-send.ts'
import { wrapMethods, Crash, CrashPlan, type CrashPoint } from './crash-plan.ts'
import type { TillInShop } from './chain/till-in-shop.ts'
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
import { onUnreliableDisk, timersOf } from './troubled-parts.ts'

interface TillParts {
  readonly id: string
  readonly folder: string
  readonly queue: EventQueue
  readonly dice: Dice
  readonly line: Line
  readonly place: TillInShop | null
  readonly settings: PlannedSettings
  /** How much its clock is off when it is first switched on, ms. */
  readonly clockOffMs: number
  readonly screen: Screen
  readonly history: History
  readonly onViolation: (what: string) => void
  /** Called when the till's background work throws. */
  readonly onFault: (cause: unknown) => void
}

/** One process: the real till on the real store, until it quits or dies. */
interface TillProcess {
  readonly till: Till
  readonly store: Store
  /** The same store as the till has it: with faults of the disk and crashes of the process. */
  readonly troubled: Store
  readonly crash: CrashPlan
  readonly witness: TillFile
  readonly clock: PcClock
  readonly inShop: ReturnType<TillInShop['connect']> | null
}

/** A till's PC: its disk stays. */
export class SimulatedTill {
  readonly id: string
  /** How much the PC's clock is off, ms. */
  clockOffsetMs: number
  isDiskFull = false
  /** Whether a cashier sees what the counter says. */
  isInFront = true
  readonly #parts: TillParts
  #process: TillProcess | null = null
  #generation = 0
  #downMs = 0
  #hasLostTime = false
  #isRestoring = false
  #lastNudgeAt = 0
  readonly #described = new Map<string, number>()
  /** The files of other tills that were taken over: when, by true time, and which entries. */
  readonly tookOver: { readonly at: number; readonly useRequestNos: readonly string[] }[] = []

  constructor(parts: TillParts) {
    this.#parts = parts
    this.id = parts.id
    this.clockOffsetMs = parts.clockOffMs
  }

  get file(): string {
    return path.join(this.#parts.folder, `${this.id}-${this.#generation}.db`)
  }

  get isSettled(): boolean {
    const { witness, store } = this.#process ?? {}
    return witness?.isSettled() === true && store?.journal.next(1).length === 0
  }

  start(): void {
    if (this.#process !== null || this.#isRestoring) return
    const { queue, dice, line, screen, history, settings } = this.#parts
    const random = dice.fork().random
    const file = this.file
    const crash = new CrashPlan(`${file}-wal`, random, (walLength) => this.#buryProcess(walLength))
    const opened = this.#open(file)
    const witness = new TillFile(file)
    const store = onUnreliableDisk(opened, crash, () => this.isDiskFull)
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
      onSend: (body) => checkBeforeSend(this.#parts, witness, body),
    })
    const gateway = wrapMethods(port, (_, call) => crash.survive(call))
    const inShop = this.#parts.place?.connect(() => crash.isDead) ?? null
    const till = createTill({
      identity: { tillId: this.id, appid },
      gateway,
      judgeReply,
      store,
      shopLock: inShop?.lock ?? null,
      clocks: {
        now: () => clock.best(),
        pc: () => clock.local(),
        corrected: () => clock.corrected(),
        confirmed: () => clock.confirmed(),
        elapsed: () => queue.now,
      },
      random,
      scheduler: timersOf(queue, crash, this.#parts.onViolation),
      rules: { ...settings, offlinePolicy: settings.offline, stockTerms: {} },
      limits: { ...defaultLimits, caps: settings.caps, holdMs: settings.holdMs },
      isCounterInFront: () => this.isInFront,
      onFault: this.#parts.onFault,
    })
    till.subscribe(() => screen.showState(this.id, till.state()))
    this.#process = { till, store: opened, troubled: store, crash, witness, clock, inShop }
    till.onCounter((view) => screen.showCounter(this.id, view, this.isInFront))
    history.add(this.id, 'starts')
    const told = witness.lastTold()
    till.start()
    inShop?.opened(till, store)
    screen.restart(this.id, { view: till.counter(), told, isInFront: this.isInFront })
  }

  get isRunning(): boolean {
    return this.#process !== null
  }

  /** Calls the running till. A call that ends in a crash or on a full disk returns nothing. */
  use(call: (till: Till) => void): void {
    if (this.#process === null) return
    try {
      call(this.#process.till)
    } catch (reason) {
      // A process that died in the call cannot return anything.
      if (!(reason instanceof Crash)) throw reason
    }
  }

  /** The same, for a call that makes the till try everything again. */
  nudge(call: (till: Till) => void): void {
    this.#lastNudgeAt = this.#parts.queue.now
    this.use(call)
  }

  quit(): void {
    if (this.#process === null) return
    this.#parts.history.add(this.id, 'quits')
    const { till, store, crash, witness, inShop } = this.#process
    this.#process = null
    inShop?.closed()
    till.stop()
    // Requests under way get the abort before the file is closed, as in the app.
    this.#parts.queue.after(0, () => {
      witness.close()
      store.close()
      crash.retire()
    })
  }

  /** Erases as the app does every hour, by a time that WeChat Pay has confirmed. */
  erase(olderThanMs: number): void {
    const { history, onFault } = this.#parts
    const now = this.confirmedTime
    const store = this.#process?.troubled
    if (now === null || !store) return
    try {
      store.erasure.settledBefore(now - olderThanMs, now).then((erased) => {
        history.count('erased', erased)
        history.add(this.id, `erases ${erased}`)
      }, onFault)
    } catch (cause) {
      if (!(cause instanceof Crash)) onFault(cause)
    }
  }

  /** The time that the running till has confirmed; `null` without one. */
  get confirmedTime(): number | null {
    return this.#process?.clock.confirmed() ?? null
  }

  /** How often WeChat Pay has described each batch. */
  get described(): ReadonlyMap<string, number> {
    return this.#described
  }

  #hearsOf(stockId: string): void {
    // Without room on the disk nothing is learnt.
    if (this.isDiskFull) return
    this.#described.set(stockId, (this.#described.get(stockId) ?? 0) + 1)
  }

  /** Ends the process. It is started again after `downMs`, when somebody notices. */
  crash(point: CrashPoint | 'now', calls: number, downMs: number): void {
    this.#downMs = downMs
    if (point === 'now') this.#process?.crash.die()
    else this.#process?.crash.arm(point, calls)
  }

  /** Whether a restore or damage lost some of its records, so that it cannot know what it did then. */
  get hasLostTime(): boolean {
    return this.#hasLostTime
  }

  /** Copies the records as they are on the disk now. */
  backUp(): void {
    if (!fs.existsSync(this.file)) return
    this.#parts.history.count('backup')
    copyWhole(this.file, this.#backup)
  }

  /** Restores as the app does: closes the till, replaces its file with the backup, and opens it again. */
  restore(): void {
    const { queue, history } = this.#parts
    if (this.#process === null || !fs.existsSync(this.#backup)) return
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

  /** Ends the process and damages bytes of its log. */
  damageLog(downMs: number): void {
    const { dice, history } = this.#parts
    if (this.#process === null) return
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

  /** Reads the file through a separate connection. */
  read<T>(look: (file: TillFile) => T): T {
    const file = new TillFile(this.file)
    try {
      return look(file)
    } finally {
      file.close()
    }
  }

  /** The dead process keeps its handles; the next process gets the disk as the power cut left it. */
  #buryProcess(walLength: number | null): void {
    const { queue, history } = this.#parts
    const last = this.#process
    this.#process = null
    const old = this.file
    this.#generation += 1
    fs.copyFileSync(old, this.file)
    if (fs.existsSync(`${old}-wal`)) fs.copyFileSync(`${old}-wal`, `${this.file}-wal`)
    if (walLength !== null) fs.truncateSync(`${this.file}-wal`, walLength)
    history.count(walLength === null ? 'crash' : 'crash inside a commit')
    history.add(this.id, walLength === null ? 'dies' : 'dies inside a commit')
    queue.after(this.#downMs, () => this.start())
    queue.after(0, () => {
      last?.witness.close()
      last?.store.close()
      for (const end of ['', '-wal', '-shm']) fs.rmSync(old + end, { force: true })
    })
  }
}
