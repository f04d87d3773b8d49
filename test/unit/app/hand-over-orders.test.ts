import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { practiceHandOverParty } from '../../../main/app/training/practice-hand-over-party.ts'
import { err, ok } from '../../../main/contract/result.ts'
import { encodePublicKey } from '../../../main/credentials/merchant-certificate.ts'
import { provision, stageNextPair } from '../../../main/credentials/provision.ts'
import { createLocalSigner } from '../../../main/wechatpay/local-signer.ts'
import { HandingTill } from '../../support/handing-till.ts'
import { provisioningOf } from '../../support/live-place.ts'
import {
  createMerchantMaterial,
  merchantId,
  type MerchantMaterial,
} from '../../support/merchant-material.ts'

const dayMs = 86_400_000
const { appid } = provisioningOf({ certificatePem: '', keyPem: '', ...noFiles() })
// Each file is opened on a thread of its own, which takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

let material: MerchantMaterial
let next: MerchantMaterial
let stranger: MerchantMaterial
/** What one till of the merchant handed over. */
let file: Uint8Array

function noFiles() {
  const none = { name: '', bytes: new Uint8Array() }
  return { certificate: none, key: none }
}

beforeAll(async () => {
  material = await createMerchantMaterial()
  next = await createMerchantMaterial()
  stranger = await createMerchantMaterial()
  const first = await HandingTill.open(material, { tillId: 'T1' })
  await first.keep(1)
  file = bytesOf(await first.export())
  first.close()
})

async function open(of = material, change: Parameters<typeof HandingTill.open>[1] = {}) {
  const till = await HandingTill.open(of, { tillId: 'T2', ...change })
  onTestFinished(() => till.close())
  return till
}

function bytesOf(made: Uint8Array | string): Uint8Array {
  if (typeof made === 'string') throw new Error(made)
  return made
}

function publicKeyOf({ keyPem }: MerchantMaterial): string {
  return encodePublicKey(createPublicKey(keyPem))
}

test('what one till of the merchant signed, another takes over, once', async () => {
  const second = await open()
  expect(Buffer.from(file).toString('latin1', 0, 8)).toBe('HXTILL3\n')
  expect(await second.import(file)).toBe(1)
  expect(second.shop.state(1)).toBe('pending')
  expect(await second.import(file)).toBe(0)
})

describe('nothing is taken of a file', () => {
  test('that is none, and nothing is unsealed of one that was changed', async () => {
    const second = await open()
    expect(await second.import(new Uint8Array())).toBe('no-hand-over')
    const changed = Uint8Array.from(file)
    changed[file.length - 1] = (changed[file.length - 1] ?? 0) ^ 1
    expect(await second.import(changed)).toBe('signature-wrong')
    expect(second.shop.store.redemptions.count()).toBe(0)
  })

  test('in practice, from a live till; and practice takes from any that practises', async () => {
    const practice = (keyPem: string, of: MerchantMaterial) =>
      practiceHandOverParty(
        {
          credentials: {
            merchantId,
            appid,
            serial: 'AA',
            signer: createLocalSigner(keyPem),
            trust,
          },
          publicKey: publicKeyOf(of),
        },
        'TRAIN',
      )
    const trust = { publicKey: null, apiV3Key: null }
    const [first, second] = [await open(), await open()]
    first.party = practice(stranger.keyPem, stranger)
    second.party = practice(material.keyPem, material)
    expect(await second.import(file)).toBe('from-live')
    await first.keep(2)
    const made = bytesOf(await first.export())
    expect(await second.import(made)).toBe(1)
    expect(await (await open()).import(made)).toBe('from-training')
  })
})

describe('its own earlier exports a till takes back', () => {
  test('without a signature, as an earlier version wrote them; another till does not', async () => {
    const [first, second] = [await open(), await open()]
    await first.keep(3)
    await first.export()
    const old = first.shop.till.handOverAgain(first.shop.till.handOvers()[0]?.id ?? 0)
    expect(await first.import(old ?? new Uint8Array())).toBe(0)
    expect(await second.import(old ?? new Uint8Array())).toBe('unsigned')
  })

  test('also when its certificate is another since', async () => {
    const first = await open()
    await first.keep(3)
    const made = bytesOf(await first.export())
    first.place.now += 40 * dayMs
    await provision({ ...provisioningOf(stranger), tillId: 'T2' }, first.place)
    expect(await first.import(made)).toBe(0)
  })
})

describe('while the merchant certificate changes', () => {
  test('a till that has the next one already takes what is signed with either', async () => {
    const second = await open()
    await stageNextPair([next.certificate, next.key], second.place)
    expect(await second.import(file)).toBe(1)
    const third = await open(next)
    await third.keep(4)
    expect(await second.import(bytesOf(await third.export()))).toBe(1)
  })

  test('a till that has changed takes what the old one signed for a month, and no longer', async () => {
    const second = await open()
    await provision({ ...provisioningOf(next), tillId: 'T2' }, second.place)
    second.place.now += 29 * dayMs
    expect(await second.import(file)).toBe(1)
    second.place.now += 2 * dayMs
    expect(await second.import(file)).toBe('other-certificate')
  })

  test('a till that is another merchant’s since takes nothing of the one before', async () => {
    const second = await open()
    const other = await createMerchantMaterial({ commonName: '1900000108' })
    const given = { ...provisioningOf(other), merchantId: '1900000108', tillId: 'T2' }
    await provision(given, second.place)
    expect(second.place.profiles.get()?.earlier).toEqual([])
  })

  test('a till that does not know the new one says so', async () => {
    const third = await open(next)
    await third.keep(4)
    expect(await (await open()).import(bytesOf(await third.export()))).toBe('other-certificate')
  })
})

describe('a key that cannot sign', () => {
  test('leaves what is open where it is', async () => {
    const first = await open()
    await first.keep(5)
    first.place.keychain.fail({ code: 'locked', detail: 'test' })
    expect(await first.export()).toBe('not-signed')
    expect(first.shop.state(5)).toBe('pending')
    expect(first.shop.till.handOvers()).toEqual([])
  })

  test('and fails after all is sealed, keeps it to be written later', async () => {
    const first = await open()
    await first.keep(6)
    const { party } = first
    let asked = 0
    first.party = {
      ...party,
      sign: (message, signal) =>
        (asked += 1) === 2
          ? Promise.resolve(err({ code: 'not-signed' }))
          : party.sign(message, signal),
    }
    expect(await first.export()).toBe('signed-later')
    expect(first.shop.state(6)).toBe('resolved')
    expect(await (await open()).import(bytesOf(await first.exportAgain()))).toBe(1)
  })

  test('or signs with another, is found out before anything is handed over', async () => {
    const first = await open()
    await first.keep(7)
    const other = createPrivateKey(stranger.keyPem)
    first.party = {
      ...first.party,
      sign: async (message) => ok(sign('sha256', message, other).toString('base64')),
    }
    expect(await first.export()).toBe('not-signed')
    expect(first.shop.state(7)).toBe('pending')
  })
})

test('a till that was opened anew while the dialog stood neither gives nor takes', async () => {
  const first = await open()
  await first.keep(8)
  first.replace()
  expect(await first.export()).toBe('busy')
  expect(await first.import(file)).toBe('busy')
  expect(first.shop.state(8)).toBe('pending')
})
