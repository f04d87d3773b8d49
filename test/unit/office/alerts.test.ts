import { createServer } from 'node:http'
import { once } from 'node:events'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AlertKind, AlertRule } from '../../../main/contract/office-alerts.ts'
import { usualRules } from '../../../main/contract/office-rules.ts'
import type { ShopReport, TillReport } from '../../../main/chain/office/office-messages.ts'
import { AlertTable } from '../../../main/office/alerts/alert-table.ts'
import { Watch } from '../../../main/office/alerts/watch.ts'
import { isWebhookAddress, postByHttp, Webhook } from '../../../main/office/alerts/webhook.ts'
import { openOfficeDatabase } from '../../../main/office/office-database.ts'
import { Projection } from '../../../main/office/projection.ts'
import { namesReader } from '../../../main/office/reading/names.ts'
import { hubMessages, officeRecord } from '../../support/office-records.ts'
import { until } from '../../support/server-of-shop.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Noon in Beijing. */
const noon = Date.UTC(2026, 10, 20, 4)

interface Case {
  readonly begin: (scene: Scene) => void
  readonly end: (scene: Scene) => void
  /** How many alerts it is; 1 if nothing is said. */
  readonly times?: number
}

describe('the alerts of a head office', () => {
  /** What happens at noon, which alert that opens an hour and a minute later, and what ends it. */
  const cases: Record<AlertKind, Case> = {
    silent: { begin: (scene) => scene.hear({}), end: (scene) => scene.hear({}) },
    'audit-broken': {
      begin: (scene) => scene.keepHearing({ isAuditIntact: false }),
      end: (scene) => scene.keepHearing({ isAuditIntact: true }),
    },
    stopped: {
      begin: (scene) => scene.keepHearing({ isStopped: true }),
      end: (scene) => scene.keepHearing({ isStopped: false }),
    },
    behind: {
      begin: (scene) => scene.keepHearing({ behind: 5000 }),
      end: (scene) => scene.keepHearing({ behind: 0 }),
    },
    certificate: {
      begin: (scene) => scene.keepHearing({ certificateUntil: noon + 13 * dayMs }),
      end: (scene) => scene.keepHearing({ certificateUntil: noon + 400 * dayMs }),
    },
    clock: {
      begin: (scene) => scene.keepHearing({ clockOffsetMs: -90_000 }),
      end: (scene) => scene.keepHearing({ clockOffsetMs: 1000 }),
    },
    disk: {
      begin: (scene) => scene.keepHearing({}, { isDiskLow: true }),
      end: (scene) => scene.keepHearing({}),
    },
    losses: {
      begin: (scene) =>
        scene.records(
          { number: 'L', kind: 'honoured', discountFen: 50_000 },
          { number: 'L', kind: 'refused' },
        ),
      end: (scene) => scene.waitUntil(noon + dayMs),
    },
    doubles: {
      // In either shop.
      times: 2,
      begin: (scene) => {
        scene.records({ number: 'D1', coupon: 'c'.repeat(32), kind: 'honoured', discountFen: 500 })
        scene.elsewhere({
          number: 'D2',
          coupon: 'c'.repeat(32),
          kind: 'honoured',
          discountFen: 500,
        })
      },
      end: (scene) => scene.waitUntil(noon + dayMs),
    },
    refusals: {
      begin: (scene) =>
        scene.records(
          ...Array.from({ length: 20 }, (_, index) => ({
            number: `X${index}`,
            at: noon + hourMs,
            kind: index < 5 ? 'refused' : 'redeemed',
          })),
        ),
      end: (scene) => scene.waitUntil(noon + 2 * hourMs + 1),
    },
    open: {
      begin: (scene) =>
        scene.records({ number: 'O', at: noon - dayMs, kind: 'honoured', discountFen: 500 }),
      end: (scene) => scene.records({ number: 'O', kind: 'redeemed' }),
    },
    'old-version': {
      // The server in the shop, and its till.
      times: 2,
      begin: (scene) => {
        scene.records()
        scene.hear({ version: '2.0.0' })
        scene.waitUntil(noon + 31 * dayMs)
        scene.keepHearing({ version: '1.0.0' })
      },
      end: (scene) => scene.keepHearing({ version: '2.0.0' }, { version: '2.0.0' }),
    },
    hub: {
      begin: (scene) => {
        scene.hubAwaySince = noon
      },
      end: (scene) => {
        scene.hubAwaySince = null
      },
    },
  }

  for (const [kind, { begin, end, times = 1 }] of Object.entries(cases))
    test(`${kind}: opened once, closed once`, () => {
      const scene = openScene()
      scene.only(kind)
      begin(scene)
      scene.look()
      scene.waitUntil(scene.now + hourMs + 60_000)
      scene.look()
      scene.look()
      const opened = Array.from({ length: times }, () => ['opened', kind])
      expect(scene.changes).toEqual(opened)
      expect(scene.alerts.numbers()).toEqual({ open: times, unseen: times })
      const { entries } = scene.alerts.list({ isOpen: true, shopId: null, cursor: null })
      scene.alerts.see(entries[0]?.id ?? '', 'owner', scene.now)
      expect(scene.alerts.numbers()).toEqual({ open: times, unseen: times - 1 })
      end(scene)
      scene.look()
      scene.look()
      expect(scene.changes).toEqual([...opened, ...opened.map(() => ['closed', kind])])
    })

  test('nothing is wrong with a shop that is well, and none is silent before it has opened', () => {
    const scene = openScene()
    scene.records()
    scene.keepHearing({})
    scene.look()
    expect(scene.changes).toEqual([])
    scene.keeps = null
    // Eight in the morning, then a quarter to ten, then after ten.
    for (const at of [20, 21.75]) {
      scene.waitUntil(noon + at * hourMs)
      scene.look()
    }
    expect(scene.changes).toEqual([])
    scene.waitUntil(noon + 22.1 * hourMs)
    scene.look()
    expect(scene.changes).toEqual([['opened', 'silent']])
  })

  test('are posted once each, signed, in their order, until they are taken; the address is https or this computer', async () => {
    const database = openOfficeDatabase(null)
    const alerts = new AlertTable(database)
    const bodies: { event: string; signature: unknown }[] = []
    let failures = 2
    const server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      request.on('end', () => {
        failures -= 1
        if (failures < 0) {
          const { event }: { event: string } = JSON.parse(body)
          bodies.push({ event, signature: request.headers['hexiao-signature'] })
        }
        response.writeHead(failures < 0 ? 204 : 503).end()
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    let now = noon
    const webhook = new Webhook({
      database,
      alerts,
      post: postByHttp,
      secret: async () => 'key',
      text: ({ kind }) => kind,
      // Each look at the clock is a minute later, so that no test waits for a retry.
      clock: () => (now += 60_000),
      random: () => 0,
      onFault: (cause) => {
        throw cause
      },
    })
    onTestFinished(async () => {
      await webhook.close()
      server.close()
      database.close()
    })
    const address = server.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    webhook.setAddress(`http://127.0.0.1:${port}/hook`)
    const rule = ruleOf('hub')
    const nobody = { shopId: null, shopName: null, tillId: null, tillName: null }
    const found = { kind: rule.kind, subject: '', ...nobody, value: 20 }
    for (const change of alerts.settle(rule, [found], noon, true)) webhook.add(change)
    for (const change of alerts.settle(rule, [], noon, true)) webhook.add(change)
    await until(() => bodies.length === 2, 'both were taken')
    expect(bodies.map(({ event }) => event)).toEqual(['opened', 'closed'])
    expect(bodies[0]?.signature).toMatch(/^sha256=[0-9a-f]{64}$/)
    await until(() => webhook.view().waiting === 0, 'nothing waits')
    const addresses = [
      'https://a.example/x',
      'http://a.example/',
      'ftp://a/',
      'https://u:p@a.example/',
    ]
    expect(addresses.map(isWebhookAddress)).toEqual([true, false, false, false])
  })
})

class Scene {
  readonly #database = openOfficeDatabase(null)
  readonly #projection = new Projection(this.#database)
  readonly alerts = new AlertTable(this.#database)
  readonly #watch = new Watch(this.#database, this.alerts, namesReader(this.#database))
  readonly changes: [string, AlertKind][] = []
  now = noon
  hubAwaySince: number | null = null
  /** What is heard again whenever time passes. */
  keeps: (() => void) | null = null
  #after = new Map<string, number>()

  only(kind: string): void {
    this.alerts.saveRules(usualRules.map((rule) => ({ ...rule, isOn: rule.kind === kind })))
  }

  records(...of: Parameters<typeof officeRecord>[0][]): void {
    this.#add('east', of)
  }

  elsewhere(...of: Parameters<typeof officeRecord>[0][]): void {
    this.#add('west', of)
  }

  hear(of: Partial<TillReport>, server: Partial<ShopReport> = {}): void {
    const report = {
      at: this.now,
      version: '1.0.0',
      certificateUntil: noon + 400 * dayMs,
      clockOffsetMs: 0,
      isAuditIntact: true,
      isStopped: false,
      behind: 0,
      ...of,
    }
    this.#projection.hear(
      'east',
      this.now,
      {
        at: this.now,
        shop: 'East',
        version: '1.0.0',
        certificateUntil: noon + 700 * dayMs,
        isDiskLow: false,
        isGateOpen: true,
        behind: 0,
        tills: [{ key: 'T1', name: 'till 1', seenAt: this.now, report }],
        ...server,
      },
      this.now,
    )
  }

  keepHearing(of: Partial<TillReport>, server: Partial<ShopReport> = {}): void {
    this.keeps = () => this.hear(of, server)
    this.keeps()
  }

  waitUntil(at: number): void {
    this.now = at
    this.keeps?.()
  }

  look(): void {
    for (const { event, alert } of this.#watch.look(this.now, this.hubAwaySince))
      this.changes.push([event, alert.kind])
  }

  #add(shop: string, of: Parameters<typeof officeRecord>[0][]): void {
    const after = this.#after.get(shop) ?? 0
    this.#after.set(shop, after + of.length)
    const records = of.map((each) => officeRecord({ at: this.now, ...each }))
    this.#projection.add('S', hubMessages(shop, records, { after }))
  }
}

function openScene(): Scene {
  return new Scene()
}

function ruleOf(kind: AlertKind): AlertRule {
  const rule = usualRules.find((each) => each.kind === kind)
  if (rule === undefined) throw new Error(kind)
  return rule
}
