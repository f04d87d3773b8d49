import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createApplication, type ObservableApplication } from '../../main/app/application.ts'
import { createCounterSight } from '../../main/app/counter-sight.ts'
import { openTillHost } from '../../main/app/open-till-host.ts'
import type { OpenTill, RecordsCheck } from '../../main/app/open-till.ts'
import type { TillHost } from '../../main/app/till-host.ts'
import { initialPreferences } from '../../main/contract/preferences.ts'
import { ok } from '../../main/contract/result.ts'
import { ShopSettings } from '../../main/contract/shop-settings.ts'
import { noUpdates } from '../../main/contract/updates.ts'
import { noBackup } from '../../main/contract/upkeep.ts'
import type { Shop } from '../../main/shop/shop.ts'

const preferences = {
  ...initialPreferences,
  language: 'zh-CN' as const,
  backup: noBackup,
  updates: noUpdates,
}
const noDialog = async (): Promise<null> => null
const unused = (): never => {
  throw new Error('not used here')
}

let faults: unknown[] = []
let rejections: unknown[] = []

beforeEach(() => {
  faults = []
  rejections = []
  const reject = (cause: unknown): void => void rejections.push(cause)
  process.on('unhandledRejection', reject)
  onTestFinished(() => void process.off('unhandledRejection', reject))
})

/** Opens the application on a training till of its own; `host` may put another in between. */
async function open(
  through: (host: TillHost) => TillHost = (host) => host,
): Promise<ObservableApplication> {
  const userData = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-application-'))
  onTestFinished(() => rmSync(userData, { recursive: true }))
  const sight = createCounterSight()
  const { host, ...beside } = await openTillHost({
    userData,
    launch: { mode: 'training', trainingGateway: null, practice: false },
    network: { resolveProxy: async () => 'DIRECT', userAgent: 'test' },
    wrapping: () => preferences.wrapping,
    isCounterInFront: () => sight.isInFront(),
    chooseFiles: async () => [],
    chooseProgram: async () => null,
    chooseFolder: async () => null,
    moveToTrash: unused,
    onForget: () => undefined,
    onFault: (cause) => faults.push(cause),
    onKeychainMissing: () => undefined,
  })
  const application = createApplication({
    till: { host: through(host), ...beside },
    sight,
    computer: {
      preferences: { get: () => preferences, set: () => undefined },
      startUp: { isOn: async () => false, set: unused },
      licences: async () => [],
      dataFolder: '/data',
      runtime: {
        version: '1.0.0',
        electron: '1',
        development: true,
        practice: false,
        shortcut: null,
      },
      clock: Date.now,
      fetchText: unused,
      updateProgram: {
        way: async () => 'by-hand',
        download: async () => null,
        onPercent: () => () => undefined,
        install: async () => null,
      },
      openPractice: unused,
      devices: { ports: async () => [], open: unused },
    },
    dialogs: {
      reports: { print: unused, save: unused, copy: unused },
      clipboard: { put: unused, take: unused },
      handOverFiles: { choosePlace: noDialog, write: unused, read: noDialog },
      backupFiles: { chooseFolder: noDialog, choose: noDialog },
      diagnosticsFile: { choosePlace: noDialog, write: unused },
    },
    onFault: (_, cause) => faults.push(cause),
  })
  onTestFinished(() => application.close())
  return application
}

function shopOf(application: ObservableApplication): Shop {
  const shop = application.shop()
  if (shop === null) throw new Error('no till is open')
  return shop
}

/** Hires an owner and returns their id. */
async function hire(application: ObservableApplication): Promise<string> {
  const form = { id: null, name: '王芳', role: 'owner', pin: '2580' } as const
  const saved = await shopOf(application).staff.save(form)
  if (!saved.ok) throw new Error(saved.error.code)
  return saved.value.id
}

test('asking for the till again signs nobody out of an open one, and nobody in', async () => {
  const application = await open()
  const id = await hire(application)
  await shopOf(application).session.signIn(id, '2580')
  const till = application.till()
  await application.retry()
  expect(application.till()).toBe(till)
  expect(shopOf(application).session.view().person?.id).toBe(id)
  shopOf(application).session.signOut()
  await application.retry()
  expect(shopOf(application).session.view().person).toBeNull()
})

test('a PIN that is checked while the till is opened anew signs nobody in, and nothing is rejected unheard', async () => {
  const application = await open()
  const id = await hire(application)
  const { session } = shopOf(application)
  const signingIn = session.signIn(id, '2580')
  await application.saveSettings(ShopSettings.parse({ holdMinutes: 7 }))
  expect(await signingIn).toEqual({ ok: false, error: { code: 'reopened' } })
  expect(shopOf(application).session.view()).toMatchObject({ required: true, person: null })
  expect(rejections).toEqual([])
  expect((await shopOf(application).session.signIn(id, '2580')).ok).toBe(true)
})

test('an audit check that the closing of its till ends is no fault; one of the open till is reported', async () => {
  const closed = new TypeError('The database connection is not open')
  const checks: PromiseWithResolvers<RecordsCheck>[] = []
  const checked = new Map<OpenTill, OpenTill>()
  const application = await open((host) => ({
    ...host,
    current() {
      const current = host.current()
      if (current?.ok !== true) return current
      const check = Promise.withResolvers<RecordsCheck>()
      const till = checked.get(current.value) ?? {
        ...current.value,
        checkRecords() {
          checks.push(check)
          return check.promise
        },
      }
      checked.set(current.value, till)
      return ok(till)
    },
  }))
  await application.saveSettings(ShopSettings.parse({ holdMinutes: 7 }))
  expect(checks).toHaveLength(2)
  checks[0]?.reject(closed)
  await new Promise((resolve) => setImmediate(resolve))
  expect(faults).toEqual([])
  checks[1]?.reject(closed)
  await new Promise((resolve) => setImmediate(resolve))
  expect(faults).toEqual([closed])
  expect(rejections).toEqual([])
})
