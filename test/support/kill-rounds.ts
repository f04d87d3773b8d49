import { setTimeout } from 'node:timers/promises'
import { type ControlClient, createControlClient } from '../../main/training/control-client.ts'
import { startStandIn } from '../../main/training/stand-in.ts'
import { TillFile } from '../simulation/till-file.ts'
import { enrolTillProcess, TillProcess } from './spawn-till.ts'

type FaultInput = Parameters<ControlClient['addFault']>[0]

export interface KillReport {
  readonly kills: number
  readonly acknowledged: number
  readonly booked: number
  readonly violations: readonly string[]
}

const codesPerProcess = 6
const dayMs = 86_400_000
const faults: readonly FaultInput[] = [
  { kind: 'reset-before-effect' },
  { kind: 'reset-after-effect' },
  { kind: 'delay-after-effect', ms: 150 },
  { kind: 'accepted-202', effect: true },
  { kind: 'bad-signature' },
]

/**
 * Runs a real till on a real file and kills its process at least `times` times while cashiers scan and the line has faults. Then
 * one more process settles the rest. Returns every difference between the stand-in's ledger, the file and what was
 * shown.
 */
export async function killRounds(
  file: string,
  times: number,
  random: () => number,
): Promise<KillReport> {
  const acknowledged = new Map<string, string>()
  const violations: string[] = []
  return withGateway(file, async (control, setup) => {
    const remember = (till: TillProcess): void => {
      for (const line of till.printed) {
        if (line.kind === 'no-verdict') violations.push(`${line.code}: ${line.error}`)
        if (line.kind !== 'verdict' || !line.verdict.redemption) continue
        acknowledged.set(line.code, line.verdict.redemption.useRequestNo)
      }
    }
    // On a busy machine the first few may be killed before they told anybody anything: those after them are left more and more time.
    const mayGoOn = (round: number) => acknowledged.size === 0 && round < 5 * times
    const longestMs = (round: number) =>
      acknowledged.size === 0 && round >= times ? 250 * (round - times + 2) : 250
    let kills = 0
    for (; kills < times || mayGoOn(kills); kills += 1) {
      const round = kills
      const codes = Array.from({ length: codesPerProcess }, (_, index) => codeOf(round, index))
      await control.putCoupons({ stocks: [], coupons: codes.map((code) => newCoupon(code)) })
      for (const fault of faults) if (random() < 0.5) await control.addFault(fault)
      const till = new TillProcess(setup)
      // Some are killed while they are still opening the file and resuming what waits.
      if (random() < 0.2) await setTimeout(100 + random() * 400)
      else await till.next('ready')
      for (const code of codes) till.scan(code)
      // A coupon of the process before is scanned again: it must not be sent under a second number.
      if (round > 0) till.scan(codeOf(round - 1, 0))
      await setTimeout(random() * random() * longestMs(round))
      await till.kill()
      remember(till)
    }
    await control.clearFaults({})
    const last = new TillProcess(setup)
    await last.next('ready')
    while ((await last.countWaiting()) > 0) await setTimeout(50)
    await last.kill()
    remember(last)
    const { effects } = await control.ledger({})
    violations.push(...compare(file, acknowledged, effects))
    return { kills, acknowledged: acknowledged.size, booked: effects.length, violations }
  })
}

/** Runs something against a stand-in that takes as many requests as come, where a till on this file is enrolled. */
export async function withGateway<T>(
  file: string,
  run: (control: ControlClient, setup: ConstructorParameters<typeof TillProcess>[0]) => Promise<T>,
): Promise<T> {
  const standIn = await startStandIn()
  try {
    const control = createControlClient(standIn.controlOrigin)
    await control.behave({ requestsPerSecond: null })
    const secrets = await enrolTillProcess(control)
    return await run(control, { file, tillId: 'K1', origin: standIn.origin, secrets })
  } finally {
    await standIn.close()
  }
}

function compare(
  file: string,
  acknowledged: ReadonlyMap<string, string>,
  effects: readonly { code: string; useRequestNo: string }[],
): string[] {
  const found: string[] = []
  const reader = new TillFile(file)
  const rows = new Map(reader.rows().map((row) => [row.useRequestNo, row]))
  found.push(...reader.damage())
  reader.close()
  for (const [code, useRequestNo] of acknowledged)
    if (!rows.has(useRequestNo))
      found.push(`${code} was acknowledged as ${useRequestNo} and is lost`)
  const holders = new Map<string, string>()
  for (const { code, useRequestNo } of effects) {
    if (holders.has(code)) found.push(`${code} is booked twice`)
    holders.set(code, useRequestNo)
    if (rows.get(useRequestNo)?.state !== 'redeemed')
      found.push(
        `${useRequestNo} is booked and ${String(rows.get(useRequestNo)?.state)} in the file`,
      )
  }
  for (const { useRequestNo, state } of rows.values())
    if (state === 'redeemed' && ![...holders.values()].includes(useRequestNo))
      found.push(`${useRequestNo} is redeemed only in the file`)
  return found
}

function codeOf(round: number, index: number): string {
  return `1${String(round).padStart(11, '0')}${String(index).padStart(10, '0')}`
}

export function newCoupon(code: string) {
  const now = Date.now()
  return {
    code,
    stockId: '1200000000000101',
    openid: `openid-${code}`,
    state: 'SENDED' as const,
    availableFrom: now - dayMs,
    availableUntil: now + dayMs,
    receivedAt: now,
    use: null,
    returned: null,
    trouble: null,
    firstTriedAt: null,
  }
}
