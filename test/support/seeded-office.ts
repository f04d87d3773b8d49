import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beijingDay, startOfDay } from '../../main/contract/beijing-day.ts'
import type { Webhook } from '../../main/contract/office-alerts.ts'
import type { HubConnection } from '../../main/contract/office-hub.ts'
import type { OfficeReader } from '../../main/contract/office-reader.ts'
import { usualRules } from '../../main/contract/office-rules.ts'
import { err, ok } from '../../main/contract/result.ts'
import { seededAlerts } from './seeded-alerts.ts'
import {
  figuresOf,
  hourOf,
  seededHealth,
  seededRedemptions,
  seededShops,
  seededStocks,
  within,
} from './seeded-chain.ts'

/** What the window is to show; a test writes the word into the file `scene` in the office's folder. */
export type OfficeSceneName = 'well' | 'not-attached' | 'empty' | 'unreachable' | 'failing'

const onPage = 100
const minuteMs = 60_000
const look = 50

/** A chain that is made up, in place of the copy of a real one: what the window shows of each state. */
export function seededOffice(folder: string): OfficeReader {
  const now = Date.now()
  const redemptions = seededRedemptions(now)
  const file = path.join(folder, 'scene')
  const listeners = new Set<() => void>()
  let scene = read()
  let rules = usualRules
  let webhook: Webhook = { address: null, hasSecret: false, last: null, waiting: 0 }
  let alerts = seededAlerts(now)
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const looking = setInterval(() => {
    const next = read()
    if (next === scene) return
    scene = next
    tell()
  }, look)

  function read(): string {
    return existsSync(file) ? readFileSync(file, 'utf8') : 'well'
  }

  function found(filter: Parameters<OfficeReader['overview']>[0]) {
    if (scene === 'failing') throw new Error('this reader fails')
    return scene === 'empty' ? [] : redemptions.filter(within(filter))
  }

  function connection(): HubConnection {
    const isAway = scene === 'unreachable'
    const state = scene === 'not-attached' ? 'not-attached' : isAway ? 'unreachable' : 'connected'
    return {
      state,
      address: state === 'not-attached' ? null : 'hub.example.com:7650',
      since: isAway ? now - 55 * minuteMs : now,
      asOf:
        state === 'not-attached' || scene === 'empty' ? null : now - (isAway ? 55 * minuteMs : 0),
      behind: 0,
      rebuilding: null,
    }
  }

  return {
    connection,
    openAlerts() {
      const open = scene === 'well' || scene === 'unreachable' ? alerts : []
      const mine = open.filter(({ closedAt }) => closedAt === null)
      return { open: mine.length, unseen: mine.filter(({ seen }) => seen === null).length }
    },
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    inspectAttachFile: async (chosen) =>
      chosen.endsWith('.hexiao-office')
        ? ok({ file: chosen, address: 'hub.example.com:7650', name: '好味连锁' })
        : err({ code: 'file-wrong' }),
    async attach(_file, address) {
      if (address === 'nowhere:1') return err({ code: 'no-answer' })
      writeFileSync(file, 'well')
      scene = read()
      tell()
      return ok(connection())
    },
    setAddress: async (address) =>
      address === 'nowhere:1' ? err({ code: 'no-answer' }) : ok(connection()),
    rebuild: async () => undefined,
    scope: async () =>
      scene === 'empty' ? { shops: [], stocks: [] } : { shops: seededShops, stocks: seededStocks },
    async overview(filter) {
      const here = found(filter)
      const firstDay = beijingDay(filter.from)
      const dayCount = beijingDay(filter.until - 1) - firstDay + 1
      return {
        total: figuresOf(here),
        shops: (scene === 'empty' ? [] : seededShops).map(({ shopId, name }) => ({
          shopId,
          name,
          tills: 3,
          figures: figuresOf(here.filter((each) => each.shopId === shopId)),
        })),
        stocks: [...seededStocks, { stockId: '', name: null }]
          .map(({ stockId, name }) => ({
            stockId,
            name,
            figures: figuresOf(here.filter((each) => (each.stockId ?? '') === stockId)),
          }))
          .filter(({ figures }) => figures.redeemed + figures.refused + figures.open > 0),
        hours: Array.from({ length: 24 }, (_, hour) =>
          figuresOf(here.filter(({ recordedAt }) => hourOf(recordedAt) === hour)),
        ),
        days: Array.from({ length: dayCount }, (_, day) => ({
          at: startOfDay(firstDay + day),
          figures: figuresOf(
            here.filter(({ recordedAt }) => beijingDay(recordedAt) === firstDay + day),
          ),
        })),
      }
    },
    async list({ filter, tillId, kind, requestNo, cursor }) {
      const all = found(filter).filter(
        (each) =>
          (tillId === null || each.tillId === tillId) &&
          each.useRequestNo.startsWith(requestNo) &&
          (kind === null ||
            (kind === 'open'
              ? each.state === 'pending'
              : kind === 'loss'
                ? each.lossFen > 0
                : each.state === kind)),
      )
      const from = Number(cursor ?? 0)
      return {
        entries: all.slice(from, from + onPage),
        cursor: from + onPage < all.length ? String(from + onPage) : null,
      }
    },
    async life(id) {
      const redemption = redemptions.find((each) => each.id === id)
      if (redemption === undefined) return null
      const { recordedAt: at, cashier: by } = redemption
      const step = { by, reason: null, status: null, apiCode: null, how: null, why: null }
      return {
        redemption,
        steps: [
          { ...step, at, event: 'recorded' },
          { ...step, at: at + 20, event: 'sending', by: null },
          ...(redemption.state === 'redeemed'
            ? [{ ...step, at: at + 400, event: 'redeemed', by: null, status: 200 }]
            : [{ ...step, at: at + 600, event: 'honoured', how: 'policy' }]),
        ],
        others: redemptions.filter(
          (each) => each.couponId === redemption.couponId && each.id !== id,
        ),
      }
    },
    async doubles(filter) {
      const given = found(filter)
        .filter(({ couponId }) => couponId === 'twice')
        .toReversed()
      const entries =
        given.length < 2
          ? []
          : [
              {
                couponId: 'twice',
                stockId: given[0]?.stockId ?? null,
                stockName: given[0]?.stockName ?? null,
                shops: 2,
                given,
                lossFen: 2000,
              },
            ]
      return { entries, cursor: null, count: entries.length, lossFen: entries.length * 2000 }
    },
    async outages(filter) {
      const isThere = found(filter).length > 0
      const [first] = seededShops
      const at = { shopId: first?.shopId ?? '', shopName: first?.name ?? '' }
      const entries = isThere
        ? [
            {
              ...at,
              kind: 'hub' as const,
              tillId: null,
              tillName: null,
              from: now - 20 * minuteMs,
              until: null,
              honoured: 0,
              honouredFen: 0,
              lossFen: 0,
            },
            {
              ...at,
              kind: 'wechat-pay' as const,
              tillId: 'T1',
              tillName: '1 号台',
              from: now - 190 * minuteMs,
              until: now - 150 * minuteMs,
              honoured: 7,
              honouredFen: 14_000,
              lossFen: 2000,
            },
          ]
        : []
      return { entries, cursor: null, count: entries.length }
    },
    async health() {
      if (scene === 'failing') throw new Error('this reader fails')
      return scene === 'empty'
        ? { members: [], newestVersion: null }
        : { members: seededHealth(now), newestVersion: '0.1.0' }
    },
    async alerts({ isOpen, shopId }) {
      const entries = alerts.filter(
        (each) =>
          scene !== 'empty' &&
          (each.closedAt === null) === isOpen &&
          (shopId === null || each.shopId === shopId),
      )
      return { entries, cursor: null, count: entries.length }
    },
    async seeAlert(id, by) {
      alerts = alerts.map((each) =>
        each.id === id && each.seen === null ? { ...each, seen: { by, at: Date.now() } } : each,
      )
      tell()
    },
    alertSettings: async () => ({ rules, webhook }),
    async saveRules(next) {
      rules = rules.map((each) => ({ ...each, ...next.find(({ kind }) => kind === each.kind) }))
    },
    async saveWebhook({ address, secret }) {
      if (address !== null && !address.startsWith('https://')) return err({ code: 'address-wrong' })
      webhook = {
        ...webhook,
        address,
        hasSecret: secret === null ? webhook.hasSecret : secret !== '',
      }
      return ok(webhook)
    },
    testWebhook: async () =>
      webhook.address === null ? err({ code: 'no-webhook' }) : ok({ status: 204 }),
    async close() {
      clearInterval(looking)
    },
  }
}
