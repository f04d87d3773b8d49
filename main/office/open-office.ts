import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'
import { addressText, readAddress } from '../chain/address.ts'
import type { OfficeKeyFile } from '../chain/office/office-key-file.ts'
import type { OfficeAlert } from '../contract/office-alerts.ts'
import type { OfficeReader } from '../contract/office-reader.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { createListeners } from '../redemption/listeners.ts'
import type { SecretStore } from '../keychain/secret-store.ts'
import { AlertTable } from './alerts/alert-table.ts'
import { Watch } from './alerts/watch.ts'
import { isWebhookAddress, type Post, postByHttp, Webhook } from './alerts/webhook.ts'
import { createHubDesk } from './hub-desk.ts'
import { openOfficeDatabase } from './office-database.ts'
import { keepKeys, keptKeys, offerOf, readKeyFile } from './office-keys.ts'
import { Projection } from './projection.ts'
import { DoublesQuery } from './reading/doubles-query.ts'
import { newestVersion } from './reading/health.ts'
import { namesReader } from './reading/names.ts'
import { OutagesQuery } from './reading/outages-query.ts'
import { OverviewQuery } from './reading/overview.ts'
import { RedemptionQuery } from './reading/redemption-query.ts'
import { tryHub } from './try-hub.ts'

export interface OfficeParts {
  /** The copy is in it, as `office.db`. */
  readonly folder: string
  readonly secrets: SecretStore
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** An alert in words, for the webhook. */
  readonly text: (alert: OfficeAlert, event: 'opened' | 'closed' | 'test') => string
  readonly post?: Post
  /** How often the rules are looked at. */
  readonly lookEveryMs?: number
  readonly onFault: (cause: unknown) => void
}

const tellEveryMs = 1000
const usualLookMs = 60_000
const dayMs = 86_400_000
/** How long a single redemption is kept; what it counted for is kept for ever. */
const detailDays = 92

/** Opens the head office on this computer: its copy, the hub that it follows, and its alerts. */
export async function openOffice(parts: OfficeParts): Promise<OfficeReader> {
  const { folder, secrets, clock, onFault } = parts
  const database = openOfficeDatabase(path.join(folder, 'office.db'))
  const projection = new Projection(database)
  const names = namesReader(database)
  const alerts = new AlertTable(database)
  const watch = new Watch(database, alerts, names)
  const webhook = new Webhook({
    database,
    alerts,
    post: parts.post ?? postByHttp,
    secret: async () => {
      const kept = await secrets.read('office-webhook')
      return kept.ok ? kept.value : null
    },
    text: parts.text,
    clock,
    random: Math.random,
    onFault,
  })
  const redemptions = new RedemptionQuery(database)
  const overview = new OverviewQuery(database)
  const doubles = new DoublesQuery(database, redemptions)
  const outages = new OutagesQuery(database)
  const listeners = createListeners()
  let telling: NodeJS.Timeout | null = null
  const changed = (): void => {
    telling ??= setTimeout(() => {
      telling = null
      listeners.tell()
    }, tellEveryMs)
  }
  const desk = createHubDesk({ projection, clock, onChanged: changed, onFault })
  const kept = database.prepare("SELECT body FROM kept WHERE name = 'hub'").pluck()
  const keep = database.prepare(
    "INSERT INTO kept VALUES ('hub', ?) ON CONFLICT DO UPDATE SET body = excluded.body",
  )
  const hubBefore = (): string | null => z.string().nullish().parse(kept.get()) ?? null
  await desk.follow(await keptKeys(secrets, hubBefore() !== null))

  const looking = setInterval(look, parts.lookEveryMs ?? usualLookMs)
  const forgetting = setInterval(forget, dayMs)
  function look(): void {
    try {
      for (const change of watch.look(clock(), desk.awaySince())) {
        const rule = alerts.rules().find(({ kind }) => kind === change.alert.kind)
        if (rule?.isSent === true) webhook.add(change)
        changed()
      }
    } catch (cause) {
      onFault(cause)
    }
  }
  function forget(): void {
    try {
      projection.forget(clock() - detailDays * dayMs)
    } catch (cause) {
      onFault(cause)
    }
  }

  async function attach(keys: OfficeKeyFile): ReturnType<OfficeReader['attach']> {
    const fault = await tryHub(keys)
    if (fault !== null) return err(fault)
    if (!(await keepKeys(secrets, keys))) return err({ code: 'key-not-kept' })
    const before = hubBefore()
    const now = chainOf(keys)
    if (before !== null && before !== now) projection.empty()
    keep.run(now)
    await desk.follow(keys)
    changed()
    return ok(desk.view())
  }

  async function webhookView() {
    const secret = await secrets.read('office-webhook')
    return { ...webhook.view(), hasSecret: secret.ok && secret.value !== null }
  }

  return {
    connection: () => desk.view(),
    openAlerts: () => alerts.numbers(),
    onChanged: (listener) => listeners.add(listener),
    async inspectAttachFile(file) {
      const keys = readKeyFile(file)
      return keys.ok ? ok(offerOf(file, keys.value)) : keys
    },
    async attach(file, address) {
      const keys = readKeyFile(file)
      const moved = keys.ok ? movedTo(keys.value, address) : keys
      return moved.ok ? attach(moved.value) : moved
    },
    async setAddress(address) {
      const keys = await keptKeys(secrets, true)
      if (keys === null || keys === 'missing') return err({ code: 'refused' })
      const moved = movedTo(keys, address)
      return moved.ok ? attach(moved.value) : moved
    },
    rebuild: async () => desk.rebuild(),
    scope: async () => overview.scope(names()),
    overview: async (filter) => overview.overview(filter, names()),
    list: async (query) => redemptions.list(query, names()),
    life: async (id) => redemptions.life(id, names()),
    doubles: async (filter, cursor) => doubles.doubles(filter, cursor, names()),
    outages: async (filter, cursor) => outages.outages(filter, cursor, names()),
    health: async () => ({
      members: watch.members(clock()),
      newestVersion: newestVersion(watch.versions()),
    }),
    alerts: async (query) => alerts.list(query),
    async seeAlert(id, by) {
      alerts.see(id, by, clock())
      changed()
    },
    alertSettings: async () => ({ rules: alerts.rules(), webhook: await webhookView() }),
    async saveRules(rules) {
      alerts.saveRules(rules)
      look()
    },
    async saveWebhook({ address, secret }) {
      if (address !== null && !isWebhookAddress(address)) return err({ code: 'address-wrong' })
      if (secret !== null) {
        const written =
          secret === ''
            ? await secrets.remove('office-webhook')
            : await secrets.write('office-webhook', secret)
        if (!written.ok) return err({ code: 'secret-not-kept' })
      }
      webhook.setAddress(address)
      changed()
      return ok(await webhookView())
    },
    async testWebhook() {
      if (webhook.view().address === null) return err({ code: 'no-webhook' })
      return ok({ status: await webhook.test(exampleAlert(clock())) })
    },
    async close() {
      clearInterval(looking)
      clearInterval(forgetting)
      if (telling !== null) clearTimeout(telling)
      await desk.close()
      await webhook.close()
      database.close()
    },
  }
}

/** The same keys at another address; `null`: at the file's. */
function movedTo(
  keys: OfficeKeyFile,
  address: string | null,
): Result<OfficeKeyFile, { code: 'address-wrong' }> {
  if (address === null) return ok(keys)
  const read = readAddress(address)
  return read === null
    ? err({ code: 'address-wrong' })
    : ok({ ...keys, address: addressText(read) })
}

/** Which chain it is, without a secret. */
function chainOf({ root }: OfficeKeyFile): string {
  return createHash('sha256').update(`hexiao-till office ${root}`).digest('base64')
}

function exampleAlert(at: number): OfficeAlert {
  return {
    id: '0',
    kind: 'hub',
    shopId: null,
    shopName: null,
    tillId: null,
    tillName: null,
    openedAt: at,
    closedAt: null,
    value: null,
    limit: 0,
    seen: null,
    sent: 'none',
  }
}
