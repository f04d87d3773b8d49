import type { ChainSetup, ShopServerView } from '../../main/contract/chain.ts'
import type { TillApp } from './till-app.ts'

const since = Date.parse('2026-01-05T14:02:00+08:00')
export const alone: ChainSetup = { isLive: true, joined: null, server: null, stoppedFolder: null }
export const joined = { state: 'checked', address: '192.168.1.20:7640', tillId: 'T02' } as const
export const till = (name: string, isOwn: boolean): ShopServerView['tills'][number] => ({
  key: `U${name}`.padEnd(56, 'A'),
  name,
  addedAt: since,
  isOwn,
  mustRejoin: false,
})
export const server: ShopServerView = {
  state: 'running',
  program: { file: '/usr/sbin/nats-server', version: '2.10.27', fault: null },
  port: 7640,
  addresses: ['192.168.1.20'],
  tills: [till('T01', true), till('T02', false)],
  gate: { state: 'open', missing: [], lastLoss: null },
  diskFree: 81e9,
  isDiskLow: false,
  certificateUntil: since,
  pairing: { code: 'K7MQ4XPH', leftMs: 543_000, attemptsLeft: 5, ended: null, name: null },
}

/** The page is told what a till of a shop would tell it: its words and its keys are what is looked at here. */
export async function replyWith(
  { electron }: TillApp,
  channel: string,
  value: unknown,
): Promise<void> {
  await electron.evaluate(
    ({ ipcMain }, told) => {
      ipcMain.removeHandler(told.channel)
      ipcMain.handle(told.channel, () => ({ ok: true, value: told.value }))
    },
    { channel, value },
  )
}
