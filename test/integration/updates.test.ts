import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { noUpdates, UpdateAddress, type UpdateState } from '../../main/contract/updates.ts'
import { createUpdateChecker, type UpdateChecker } from '../../main/updates/update-checker.ts'
import { textOfReply } from '../../main/updates/text-of-reply.ts'
import { maxFeedBytes } from '../../main/updates/update-feed.ts'
import { closedPort, listenOnLoopback } from '../support/loopback-servers.ts'

interface Looking {
  state: UpdateState
  readonly updates: UpdateChecker
  readonly asked: string[]
}

async function look(
  answer: { status?: number; body: string },
  state: Partial<UpdateState> = {},
  version = '1.2.3',
): Promise<Looking> {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '')
    reply.writeHead(answer.status ?? 200).end(answer.body)
  })
  const address = `http://127.0.0.1:${await listenOnLoopback(server)}/till`
  const looking = { state: { ...noUpdates, address, ...state }, asked }
  const updates = createUpdateChecker({
    state: {
      get: () => looking.state,
      set: (next) => {
        looking.state = next
      },
    },
    async fetchText(url, ms) {
      const reply = await fetch(url, { signal: AbortSignal.timeout(ms), redirect: 'error' })
      return { ok: reply.ok, text: await textOfReply(reply, maxFeedBytes) }
    },
    version,
    platform: 'win32',
    clock: () => 1000,
  })
  onTestFinished(() => updates.close())
  return Object.assign(looking, { updates })
}

/** In electron-builder's format. */
const feed = `version: 1.10.0
files:
  - url: hexiao-till-1.10.0.exe
    sha512: AAAA
releaseNotes: |
  Faster.
releaseDate: '2026-11-23T00:00:00.000Z'
`

test('a newer version is reported with its notes', async () => {
  const looking = await look({ body: feed }, { checkedAt: 1000 })
  expect(await looking.updates.check()).toEqual({ ok: true, value: null })
  expect(looking.state).toMatchObject({
    found: { version: '1.10.0', notes: 'Faster.\n' },
    checkedAt: 1000,
  })
  expect(looking.asked).toEqual(['/till/latest.yml'])
})

test.each(['1.10.0', '1.11.0', '2.0.0-beta.1'])(
  'version %s is offered no older or equal version',
  async (version) => {
    const looking = await look({ body: feed }, { checkedAt: 1000 }, version)
    await looking.updates.check()
    expect(looking.state.found).toBeNull()
  },
)

test.each([
  ['a sign-in page', { body: '<html><body>Sign in</body></html>' }],
  ['no version', { body: 'files: []' }],
  ['a version that is none', { body: 'version: newest' }],
  ['not there', { status: 404, body: feed }],
  ['endless', { body: `version: 9.9.9\nreleaseNotes: ${'x'.repeat(300_000)}` }],
])('%s is no feed, and what was found before stays', async (_what, answer) => {
  const found = { version: '1.9.0', notes: '' }
  const looking = await look(answer, { found, checkedAt: 5 })
  expect(await looking.updates.check()).toEqual({ ok: false, error: { code: 'not-a-feed' } })
  expect(looking.state).toMatchObject({ found, checkedAt: 5 })
})

test('a feed that never ends is left after what a feed can have', async () => {
  let sent = 0
  let isOver = false
  const server = createServer((_request, reply) => {
    const piece = Buffer.alloc(16_384, 'x')
    const more = (): void => {
      if (reply.destroyed) isOver = true
      else if (reply.write(piece)) setImmediate(more)
      else reply.once('drain', more).once('close', more)
      sent += piece.length
    }
    reply.writeHead(200).write('version: 9.9.9\nreleaseNotes: |\n  ')
    more()
  })
  const looking = await look({ body: feed }, { checkedAt: 1000 })
  looking.updates.setAddress(`http://127.0.0.1:${await listenOnLoopback(server)}`)
  expect(await looking.updates.check()).toEqual({ ok: false, error: { code: 'not-a-feed' } })
  // The server is told to stop; what was on its way by then is in the buffers of the line.
  await expect.poll(() => isOver).toBe(true)
  expect(sent).toBeLessThan(50 * 2 ** 20)
})

test('an unreachable feed and a missing address are told apart', async () => {
  const looking = await look({ body: feed }, { checkedAt: 1000 })
  looking.updates.setAddress(`http://127.0.0.1:${await closedPort()}`)
  expect(await looking.updates.check()).toEqual({ ok: false, error: { code: 'no-connection' } })
  looking.updates.setAddress(null)
  expect(await looking.updates.check()).toEqual({ ok: false, error: { code: 'no-address' } })
})

test('checks by itself after a day, and forgets a version that was installed', async () => {
  const due = await look({ body: feed }, { checkedAt: null })
  await expect.poll(() => due.state.found?.version).toBe('1.10.0')
  const found = { version: '1.10.0', notes: '' }
  const installed = await look({ body: feed }, { found, checkedAt: 1000 }, '1.10.0')
  expect(installed.state.found).toBeNull()
})

test('an address must be https or on this computer', () => {
  expect(taken('https://it.example.com/till')).toBe(true)
  expect(taken('http://127.0.0.1:8080/')).toBe(true)
  for (const wrong of [
    'http://it.example.com/',
    'file:///C:/till',
    'https://user@it.example.com/',
    'http://127.0.0.1.example.com/',
  ])
    expect(taken(wrong)).toBe(false)
})

function taken(address: string): boolean {
  return UpdateAddress.safeParse(address).success
}
