import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import path from 'node:path'
import SQLite from 'better-sqlite3'
import * as fc from 'fast-check'
import { createApplication } from '../../../main/app/application.ts'
import { createCounterSight } from '../../../main/app/counter-sight.ts'
import { openTillHost } from '../../../main/app/open-till-host.ts'
import { channelNames, type RequestName, requests } from '../../../main/contract/api.ts'
import { mayDo } from '../../../main/contract/roles.ts'
import { needsOf, type RequestKind } from '../../../main/contract/requests.ts'
import type { Role } from '../../../main/contract/permission.ts'
import { openPreferences } from '../../../main/computer/preferences.ts'
import { admit } from '../../../main/ipc/admit.ts'
import { createHandlers } from '../../../main/ipc/handlers.ts'
import { serveRequest } from '../../../main/ipc/serve-request.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'
import type { FuzzKind, Target } from '../kind.ts'
import { anyValue, shapedAfter } from '../json-arbitrary.ts'

const kinds: Readonly<Record<RequestName, RequestKind>> = requests
const pins = { owner: '2580', cashier: '8246' }
/** They open the till anew or reach for the network: played, but not a sixtieth of the time each. */
const slow = new Set<RequestName>(['app.retry', 'settings.save', 'setup.test', 'setup.apply'])
/** Tables that hold what a person may be after. Everything that is written for a person is in one of them. */
const guarded = ['redemption', 'staff', 'shift', 'setting', 'hand_over', 'stock_choice'] as const

interface Message {
  readonly name: RequestName
  readonly input: unknown
}

function messages(): fc.Arbitrary<Message> {
  const shaped = channelNames.requests.map((name) => ({
    weight: slow.has(name) ? 1 : 40,
    arbitrary: shapedAfter(kinds[name].input).map((input): Message => ({ name, input })),
  }))
  const strange = fc.record({ name: fc.constantFrom(...channelNames.requests), input: anyValue })
  return fc.oneof(...shaped, { weight: 300, arbitrary: strange })
}

/**
 * What a page that was taken over could send, with nobody or a cashier signed in: the reply is always an envelope, no bug
 * shows, and nothing that needs a permission is carried out without it.
 */
function messagesFrom(who: Role | null, counts: FuzzKind['counts']): FuzzKind {
  return {
    name: `messages-of-${who ?? 'nobody'}`,
    counts,
    open: () => openApplication(who),
  }
}

export const messageKinds: readonly FuzzKind[] = [
  messagesFrom(null, { short: 2000, long: 880_000 }),
  messagesFrom('cashier', { short: 600, long: 100_000 }),
  messagesFrom('owner', { short: 200, long: 20_000 }),
]

async function openApplication(who: Role | null): Promise<Target> {
  const temporary = temporaryFolder()
  const { path: userData } = temporary
  const faults: string[] = []
  const preferences = openPreferences(userData, 'zh-CN')
  const sight = createCounterSight()
  const till = await openTillHost({
    userData,
    launch: { mode: 'training', trainingGateway: null, practice: false },
    network: { resolveProxy: async () => 'DIRECT', userAgent: 'fuzz' },
    wrapping: () => preferences.get().wrapping,
    isCounterInFront: () => sight.isInFront(),
    chooseFiles: async () => [],
    chooseProgram: async () => null,
    chooseFolder: async () => null,
    moveToTrash: async () => false,
    onForget: () => undefined,
    onFault: (cause) => faults.push(textOf(cause)),
    onKeychainMissing: () => undefined,
  })
  const application = createApplication({
    till,
    sight,
    computer: {
      preferences,
      startUp: { isOn: async () => false, set: async () => undefined },
      licences: async () => [],
      dataFolder: '',
      runtime: {
        version: '0.0.0',
        electron: '0',
        development: true,
        practice: false,
        shortcut: null,
      },
      clock: Date.now,
      openPractice: async () => undefined,
      fetchText: () => Promise.reject(new Error('no network')),
      updateProgram: {
        way: async () => 'by-hand',
        download: async () => null,
        onPercent: () => () => undefined,
        install: async () => null,
      },
      devices: { open: () => Promise.reject(new Error('no scanner')), ports: async () => [] },
    },
    dialogs: {
      reports: {
        print: async () => 'cancelled',
        save: async () => null,
        copy: async () => undefined,
      },
      clipboard: { put: async () => true, take: async () => undefined },
      handOverFiles: {
        choosePlace: async () => path.join(userData, 'given.hxtill'),
        write: async () => undefined,
        read: async () => null,
      },
      backupFiles: { chooseFolder: async () => null, choose: async () => null },
      diagnosticsFile: { choosePlace: async () => null, write: async () => undefined },
    },
    onFault: (_, cause) => faults.push(textOf(cause)),
  })
  const handlers = createHandlers(application)
  await createStaff()
  const before = contentOf(path.join(userData, 'training', 'till.db'))
  let done = 0
  let refused = 0

  async function createStaff(): Promise<void> {
    const owner = await send('staff.save', {
      id: null,
      name: '王芳',
      role: 'owner',
      pin: pins.owner,
    })
    assert.deepEqual(owner['ok'], true)
    await signIn('owner')
    await send('staff.save', { id: null, name: '小陈', role: 'cashier', pin: pins.cashier })
    await send('session.signOut', {})
    if (who !== null) await signIn(who)
  }

  async function signIn(role: Role): Promise<void> {
    const found = application.snapshot().session.staff.find((person) => person.role === role)
    assert.ok(found, `nobody is ${role}`)
    const pin = role === 'owner' ? pins.owner : pins.cashier
    await send('session.signIn', { id: found.id, pin })
  }

  function send(name: RequestName, input: unknown): Promise<Record<string, unknown>> {
    return serveRequest(
      name,
      handlers[name],
      {
        settled: () => application.settled(),
        admit: (request) => admit(application.shop()?.session ?? null, request),
        record: (act) => application.shop()?.record({ event: 'ordered', ...act }),
        onFault(channel, problem, cause) {
          // What does not fit its schema is what most of these messages are.
          if (problem !== 'input against schema')
            faults.push(`${channel}: ${problem}: ${textOf(cause)}`)
        },
      },
      input,
    ).then((reply) => ({ ...reply }))
  }

  /** Whether the person signed in may make the request. Written apart from what it checks. */
  function isAllowed({ name, input }: Message): boolean {
    const parsed = parsedBy(kinds[name], input)
    // A schema throws at what is no plain data, such as a typed array in place of a list: nothing may come of that.
    if (parsed === null) return false
    if (!parsed.success || typeof parsed.data !== 'object' || parsed.data === null) return true
    const person = application.snapshot().session.person
    return needsOf(kinds[name], parsed.data).every(
      (need) => need === null || (person !== null && mayDo(person.role, need)),
    )
  }

  return {
    property: (play) =>
      fc.asyncProperty(messages(), (message) =>
        play(async () => {
          await application.settled()
          if (who !== null && application.snapshot().session.person === null) await signIn(who)
          const mayBeDone = isAllowed(message)
          const reply = await send(message.name, message.input)
          assert.equal(typeof reply['ok'], 'boolean')
          if (reply['ok'] === true) done += 1
          else refused += 1
          assert.ok(mayBeDone || reply['ok'] === false, `${message.name} was carried out`)
          assert.deepEqual(faults, [])
        }),
      ),
    async close() {
      await application.close()
      const after = contentOf(path.join(userData, 'training', 'till.db'))
      if (who === null) assert.deepEqual(after, before, 'nobody changed the records')
      temporary.remove()
      return `${done} carried out, ${refused} refused`
    },
  }
}

function parsedBy(
  { input }: RequestKind,
  raw: unknown,
): ReturnType<RequestKind['input']['safeParse']> | null {
  try {
    return input.safeParse(raw)
  } catch {
    return null
  }
}

/** A digest of each table's rows. */
function contentOf(file: string): Record<string, string> {
  const database = new SQLite(file, { readonly: true })
  try {
    return Object.fromEntries(
      guarded.map((table) => {
        const hash = createHash('sha256')
        for (const row of database.prepare(`SELECT * FROM ${table}`).raw().iterate())
          hash.update(JSON.stringify(row))
        return [table, hash.digest('hex')]
      }),
    )
  } finally {
    database.close()
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
