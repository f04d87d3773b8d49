import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { newCoupon, withGateway } from './kill-rounds.ts'
import { openTestStore } from './open-test-store.ts'
import { FolderLine, HttpLine, type PosLine, ProgramLine } from './pos-lines.ts'
import { PosProgram } from './pos-program.ts'
import { TillProcess } from './spawn-till.ts'
import { posToken } from './till-process.ts'

export interface PosKillReport {
  readonly kills: number
  /** How many coupons the POS deducted. */
  readonly booked: number
  readonly violations: readonly string[]
}

const faults = [
  { kind: 'reset-before-effect' },
  { kind: 'reset-after-effect' },
  { kind: 'delay-after-effect', ms: 100 },
  { kind: 'accepted-202', effect: true },
] as const
/** The worth of the batch that `newCoupon` is of. */
const worthFen = 2000

/**
 * A till and a POS sell with one coupon each time, by HTTP, by `hexiao-till pos` and by the watched folder in turn; till, POS or both end at a random instant between order and answer, and
 * the POS finds out what happened. Returns every difference between the POS's ledger, the till's records and the stand-in's.
 */
export async function posKillRounds(
  file: string,
  times: number,
  random: () => number,
): Promise<PosKillReport> {
  const posPort = await freePort()
  const pos = new PosProgram()
  const posFolder = path.join(path.dirname(file), 'requests')
  mkdirSync(posFolder, { mode: 0o700 })
  const lines: readonly PosLine[] = [
    new HttpLine(posPort, posToken),
    new ProgramLine(posPort, posToken, path.join(path.dirname(file), 'token')),
    new FolderLine(posFolder),
  ]
  const sales = new Map<string, string>()
  return withGateway(file, async (control, setup) => {
    const start = async (): Promise<TillProcess> => {
      const started = new TillProcess({ ...setup, posPort, posFolder })
      await started.next('ready')
      return started
    }
    let till = await start()
    try {
      for (let round = 0; round < times; round += 1) {
        const line = lines[round % lines.length]
        if (line === undefined) throw new Error('no line')
        const sale = { line, orderId: `R${round}`, code: `1${String(round).padStart(21, '0')}` }
        sales.set(sale.orderId, sale.code)
        await control.putCoupons({ stocks: [], coupons: [newCoupon(sale.code)] })
        for (const fault of faults) if (random() < 0.2) await control.addFault(fault)
        const asked = pos.ask(sale).catch(() => undefined)
        // A folder is looked at three times a second.
        await setTimeout(random() * random() * (line instanceof FolderLine ? 800 : 120))
        const victim = Math.floor(random() * 3)
        if (victim !== 0) line.crash()
        if (victim !== 1) {
          await till.kill()
          till = await start()
        }
        await asked
        await control.clearFaults({})
        const order = await pos.recover(sale, random() < 0.5)
        if (order.deductFen !== worthFen)
          pos.violations.push(`${sale.orderId}: ${order.deductFen} fen at the till`)
        const ended = await pos.end(sale)
        if (ended.payFen !== order.payFen)
          pos.violations.push(`${sale.orderId}: changed at its end`)
      }
    } finally {
      await till.kill()
    }
    const { effects } = await control.ledger({})
    return {
      kills: times,
      booked: pos.booked.size,
      violations: [...pos.violations, ...compare(file, pos.booked, [...sales.values()], effects)],
    }
  })
}

function compare(
  file: string,
  booked: ReadonlyMap<string, number>,
  codes: readonly string[],
  effects: readonly {
    readonly kind: string
    readonly code: string
    readonly useRequestNo?: string
  }[],
): string[] {
  const found: string[] = []
  const store = openTestStore(file)
  for (const code of codes) {
    const uses = effects.filter((effect) => effect.kind === 'use' && effect.code === code)
    if (uses.length !== 1) found.push(`${code} was redeemed ${uses.length} times`)
    const row = store.redemptions.findByCode(code)
    if (row?.state !== 'redeemed') found.push(`${code} is ${row?.state} in the records`)
    const fen = row === null ? undefined : booked.get(row.useRequestNo)
    if (fen !== worthFen || row?.given?.fen !== worthFen)
      found.push(`${code}: ${fen} fen deducted, ${row?.given?.fen} given`)
  }
  if (booked.size !== codes.length) found.push(`${booked.size} deducted, of ${codes.length}`)
  store.close()
  return found
}
