import { events, requests } from '../../main/contract/api.ts'
import { contentSecurityPolicy } from '../../main/desktop/page-policy.ts'
import { createServer } from 'node:http'
import path from 'node:path'
import { expect, test } from '../support/training-test.ts'

test('the window is sandboxed, isolated and without Node', async ({ till }) => {
  const preferences = await till.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not in the published types: it returns the preferences that the page really has.
    const read: unknown = window && Reflect.get(window.webContents, 'getLastWebPreferences')
    return typeof read === 'function' ? Reflect.apply(read, window?.webContents, []) : undefined
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  })
  expect(preferences).not.toMatchObject({ nodeIntegrationInWorker: true })
  const reachable = await till.page.evaluate(() => ({
    require: 'require' in globalThis,
    process: 'process' in globalThis,
    electron: 'electron' in globalThis,
  }))
  expect(reachable).toEqual({ require: false, process: false, electron: false })
})

test('the page is loaded from app:// under a strict policy', async ({ till }) => {
  const page = await till.page.evaluate(async () => {
    const response = await fetch('/index.html')
    return {
      origin: location.href,
      policy: response.headers.get('content-security-policy'),
      sniff: response.headers.get('x-content-type-options'),
      // With it Chromium starts a second process for the page, which a person waits for.
      opener: response.headers.get('cross-origin-opener-policy'),
    }
  })
  expect(page).toEqual({
    origin: 'app://till/',
    policy: contentSecurityPolicy,
    sniff: 'nosniff',
    opener: null,
  })
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
})

test('inline scripts, eval and foreign files are refused', async ({ till }) => {
  const result = await till.page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.intruder = true'
    document.head.append(script)
    // In a task of the page's own, because what the test driver runs itself is exempt from the policy.
    const evaluated = await new Promise<boolean>((resolve) => {
      setTimeout(() => {
        try {
          // The point of the test: the policy must refuse it.
          // oxlint-disable-next-line no-eval
          globalThis.eval('1')
          resolve(true)
        } catch {
          resolve(false)
        }
      })
    })
    const outside = await fetch('/../main/index.js')
    return { inline: 'intruder' in globalThis, evaluated, outside: outside.status }
  })
  expect(result).toEqual({ inline: false, evaluated: false, outside: 404 })
})

test('the page reaches no network', async ({ till, standIn }) => {
  const reached = await till.page.evaluate(async (address) => {
    try {
      await fetch(address, { mode: 'no-cors' })
      return true
    } catch {
      return false
    }
  }, standIn.controlOrigin)
  expect(reached).toBe(false)
})

test('windows and permissions are denied', async ({ till, standIn }) => {
  const { page } = till
  const opened = await page.evaluate((address) => window.open(address), standIn.controlOrigin)
  expect(opened).toBeNull()
  const permissions = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
    return states.map((status) => status.state)
  })
  expect(new Set(permissions)).toEqual(new Set(['denied']))
})

test('navigation away is prevented', async ({ till, standIn }) => {
  const prevented = till.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        // Called after our own listener, which has decided by then.
        contents?.on('will-frame-navigate', (event) => resolve(event.defaultPrevented))
      }),
  )
  await till.page.evaluate((address) => {
    setTimeout(() => {
      location.href = address
    })
  }, standIn.controlOrigin)
  expect(await prevented).toBe(true)
  const address = await till.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  )
  expect(address).toBe('app://till/')
})

test('the page can call the functions in the list, no others, and cannot replace them', async ({
  till,
}) => {
  const reached = await till.page.evaluate(() => {
    const groups = Object.entries(window.till).filter(([, value]) => typeof value === 'object')
    const functions = groups.flatMap(([group, within]) =>
      Object.entries(within).map(([name, value]) => `${group}.${name}: ${typeof value}`),
    )
    const others = Object.entries(window.till).flatMap(([name, value]) =>
      typeof value === 'object' ? [] : [`${name}: ${typeof value}`],
    )
    const frozen = [window.till, ...groups.map(([, within]) => within)].every(Object.isFrozen)
    return { functions, others, frozen, replaced: Reflect.set(window, 'till', null) }
  })
  const listed = [
    ...Object.keys(requests),
    ...Object.keys(events).map((name) =>
      name.replace(/\.(.)/, (_, first: string) => `.on${first.toUpperCase()}`),
    ),
  ]
  expect(reached.functions.toSorted()).toEqual(listed.map((name) => `${name}: function`).toSorted())
  expect(reached.others.toSorted()).toEqual(['pathOfFile: function', 'platform: string'])
  expect(reached).toMatchObject({ frozen: true, replaced: false })
})

test('a request that violates its schema gets an error code and changes nothing', async ({
  till,
}) => {
  const replies = await till.page.evaluate(async () => {
    const { counter, preferences } = window.till
    const wrong: unknown[] = [
      { payload: '', source: 'scanned' },
      { payload: 'x'.repeat(257), source: 'scanned' },
      { payload: 'x', source: 'telepathy' },
      { payload: 'x', source: 'scanned', more: 1 },
      null,
    ]
    const answers = await Promise.all(
      wrong.map((input) => Reflect.apply(counter.redeem, null, [input])),
    )
    return [...answers, await Reflect.apply(preferences.set, null, [{ language: 'tlh' }])]
  })
  expect(replies).toEqual(
    Array.from({ length: 6 }, () => ({ ok: false, error: { code: 'bad-request' } })),
  )
  await expect(till.page.getByTestId('recent-row')).toHaveCount(0)
})

test('a page that is not ours gets no reply', async ({ till }) => {
  // A second window with our preload script and a blank page: the same functions, but the wrong sender.
  const opened = till.electron.waitForEvent('window')
  await till.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      })
      await stranger.loadURL('about:blank')
    },
    path.join(import.meta.dirname, '../../out/preload/index.cjs'),
  )
  const stranger = await opened
  expect(await stranger.evaluate(() => window.till.app.snapshot({}))).toEqual({
    ok: false,
    error: { code: 'not-allowed' },
  })
})

test('a server that asks for a name and a password is told that there is none, at once', async ({
  till,
}) => {
  const server = createServer((_request, response) => {
    const head = { 'WWW-Authenticate': 'Basic realm="a proxy"', 'Content-Type': 'text/html' }
    response.writeHead(401, head).end('<title>nobody</title>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const shown = await till.electron.evaluate(async ({ BrowserWindow }, port) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL(`http://127.0.0.1:${port}/`)
    const title = window.webContents.getTitle()
    window.destroy()
    return title
  }, address.port)
  expect(shown).toBe('nobody')
  server.close()
})
