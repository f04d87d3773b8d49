import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chainStatus, checkChain } from '../../../main/command-line/check-chain.ts'
import { type Check, createCheckWriter } from '../../../main/command-line/report.ts'
import { writeProfile, writeServing } from '../../../main/app/live/chain-files.ts'
import { createTillKey } from '../../../main/chain/till-key.ts'
import { noEngine } from '../../support/engine-here.ts'
import { freePort } from '../../support/free-port.ts'
import { createLimitedKeychain } from '../../support/limited-keychain.ts'
import { openShop, type TestShop } from '../../support/shop-of-tills.ts'

const write = createCheckWriter('en')
const dayMs = 86_400_000

describe.skipIf(noEngine !== null)(
  `doctor and status of a till in a shop${noEngine ? ` (not here: ${noEngine})` : ''}`,
  () => {
    test('a till that joined: doctor asks the server, status only says that there is one', async () => {
      const { place } = await joined()
      expect(said(await checkChain(place, write))).toEqual(['ok chain-up'])
      expect(said(chainStatus(place, write))).toEqual(['ok chain-joined'])
    })

    test('a till that was removed, a server that is off, and another one at its address are told apart', async () => {
      const { place, shop, key } = await joined()
      shop.server.remove(key)
      expect(said(await checkChain(place, write))).toEqual(['failed chain-not-admitted'])
      const other = await openShop()
      const { authority } = shop.server
      writeProfile(place.folder, { version: 1, address: `127.0.0.1:${other.port}`, authority })
      expect(said(await checkChain(place, write))).toEqual(['failed chain-other-server'])
      const address = `127.0.0.1:${await freePort()}`
      writeProfile(place.folder, { version: 1, address, authority })
      expect(said(await checkChain(place, write))).toEqual(['attention chain-no-server'])
    })

    test('keys that are missing, a damaged file and a till alone', async () => {
      const { place } = await joined()
      await place.secrets.remove('chain-key')
      expect(said(await checkChain(place, write))).toEqual(['failed chain-keys-missing'])
      place.secrets.fail({ code: 'locked', detail: '' })
      expect(said(await checkChain(place, write))).toEqual(['skipped not-checked'])
      const file = path.join(place.folder, 'chain.json')
      writeFileSync(file, '{')
      expect(said(await checkChain(place, write))).toEqual(['failed chain-damaged'])
      expect(said(chainStatus(place, write))).toEqual(['failed chain-damaged'])
      rmSync(file)
      expect(await checkChain(place, write)).toEqual([])
    })

    test('a certificate that was not renewed is noticed, at a till and at the server', async () => {
      const { place, shop } = await joined()
      const late = { ...place, clock: () => shop.server.health().certificateUntil - 29 * dayMs }
      expect(said(await checkChain(late, write))).toEqual(['attention chain-certificate-soon'])
      const folder = path.join(place.folder, 'shop-server')
      mkdirSync(folder)
      for (const name of ['keeper.json', 'server.crt'])
        writeFileSync(path.join(folder, name), readOf(shop, name))
      writeServing(folder, { version: 1, program: '/nats-server', port: shop.port })
      expect(said(chainStatus(late, write))).toEqual([
        'ok chain-joined',
        'attention chain-own-certificate-soon',
      ])
      expect(said(chainStatus(place, write))).toEqual(['ok chain-joined', 'ok chain-server-here'])
    })
  },
)

function said(checks: readonly Check[]): string[] {
  // Whether this machine's disk is low is not this test's matter.
  return checks
    .filter(({ code }) => code !== 'chain-disk-low')
    .map(({ state, code }) => `${state} ${code}`)
}

function readOf(shop: TestShop, name: string): Buffer {
  return readFileSync(path.join(shop.folder, name))
}

async function joined() {
  const shop = await openShop()
  const { key, seed } = createTillKey()
  shop.server.add({ key, name: 'T1' })
  const secrets = createLimitedKeychain()
  await secrets.write('chain-key', Buffer.from(shop.chainKey).toString('base64'))
  await secrets.write('chain-till-seed', seed)
  const folder = mkdtempSync(path.join(tmpdir(), 'hexiao-chain-checks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { authority } = shop.server
  writeProfile(folder, { version: 1, address: `127.0.0.1:${shop.port}`, authority })
  const place = { folder, secrets, clock: Date.now }
  await expect.poll(async () => said(await checkChain(place, write))).toEqual(['ok chain-up'])
  return { shop, key, place }
}
