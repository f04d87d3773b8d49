import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { SetupForm } from '../../../main/contract/setup.ts'
import { provision } from '../../../main/credentials/provision.ts'
import { createSetup, type Setup } from '../../../main/app/live/setup.ts'
import { type LivePlace, openLivePlace, provisioningOf } from '../../support/live-place.ts'
import { createMerchantMaterial, type MerchantMaterial } from '../../support/merchant-material.ts'
import { openScene } from '../../support/wechatpay-scene.ts'

const dayMs = 86_400_000

async function open(): Promise<{
  place: LivePlace
  setup: Setup
  reopen: () => Setup
  form: SetupForm
  material: MerchantMaterial
  apiV3Key: string
}> {
  const scene = await openScene({ mode: 'both' })
  const place = openLivePlace()
  onTestFinished(() => place.dispose())
  const material = await createMerchantMaterial({ validUntil: place.now + 30 * dayMs })
  const enrolled = await scene.control.enrol({ certificatePem: material.certificatePem })
  const hosts = [scene.standIn.origin]
  const { appid, mchid: merchantId, apiV3Key } = enrolled
  const publicKey = { id: enrolled.publicKeyId, pem: enrolled.publicKeyPem }
  const given = { ...provisioningOf(material), appid, merchantId, publicKey, hosts, apiV3Key }
  const done = await provision(given, place)
  if (!done.ok) throw new Error(done.error.code)
  const reopen = (): Setup =>
    createSetup({
      place: { ...place, databaseFile: path.join(place.folder, 'till.db') },
      network: { userAgent: 'test', resolveProxy: async () => 'DIRECT' },
      reopen: async () => undefined,
      ownersToAsk: async () => [],
    })
  const form: SetupForm = {
    merchantId,
    appid,
    tillId: 'T2',
    publicKeyId: publicKey.id,
    apiV3Key: '',
    dropsApiV3Key: false,
    isNextCertificate: false,
    hosts,
    trustsSystem: false,
  }
  return { place, setup: reopen(), reopen, form, material, apiV3Key }
}

test('without new secrets, those in the keychain are tested and kept', async () => {
  const { place, setup, form, apiV3Key } = await open()
  const before = place.profiles.get()
  expect(await setup.test(form)).toMatchObject({ kind: 'tested', report: { finding: 'passed' } })
  expect(await setup.apply(form)).toEqual({ kind: 'applied', sources: [] })
  expect(place.profiles.get()).toEqual({ ...before, tillId: 'T2' })
  expect(await place.secrets.read('api-v3-key')).toEqual({ ok: true, value: apiV3Key })
})

test("the system's authorities are trusted when that is chosen, and not before", async () => {
  const { setup, place, form, reopen } = await open()
  expect((await setup.state()).draft.trustsSystem).toBe(false)
  expect(place.profiles.get()?.authorities).toBe('public')
  expect(await setup.apply({ ...form, trustsSystem: true })).toMatchObject({ kind: 'applied' })
  expect(place.profiles.get()?.authorities).toBe('system')
  expect((await reopen().state()).draft.trustsSystem).toBe(true)
})

test('the API v3 key is removed only when that is asked for', async () => {
  const { place, setup, form } = await open()
  await setup.apply({ ...form, dropsApiV3Key: true })
  expect(place.profiles.get()?.hasApiV3Key).toBe(false)
  expect(await place.secrets.read('api-v3-key')).toEqual({ ok: true, value: null })
})

test('the next certificate is stored beside the current one, and stays when something else is saved', async () => {
  const { place, setup, form, material } = await open()
  const next = await createMerchantMaterial({ validUntil: place.now + 400 * dayMs })
  const files = [next.certificate, next.key].map(({ name, bytes }) => {
    const file = path.join(place.folder, name)
    writeFileSync(file, bytes)
    return file
  })
  expect((await setup.takeFiles('merchant', form.merchantId, files)).fault).toBeNull()
  const applied = await setup.apply({ ...form, isNextCertificate: true })
  expect(applied).toMatchObject({
    kind: 'applied',
    sources: [next.certificate.name, next.key.name],
  })
  expect((await setup.state()).saved).toMatchObject({
    certificate: { daysLeft: 29 },
    next: { daysLeft: 399 },
  })
  await setup.apply({ ...form, tillId: 'T3' })
  const { signing } = place.profiles.get() ?? {}
  if (signing?.kind !== 'keychain' || signing.next === null) throw new Error('nothing is staged')
  for (const { keptAs } of [signing.current, signing.next])
    expect(await place.secrets.read(keptAs)).toMatchObject({ ok: true, value: expect.any(String) })
  expect(material.certificatePem).not.toBe(next.certificatePem)
})

test('a draft survives the program and contains no secret', async () => {
  const { place, setup, reopen, form, material, apiV3Key } = await open()
  const other = apiV3Key.toUpperCase()
  expect(setup.check('shop', { ...form, tillId: 'T9' })).toBeNull()
  expect(setup.check('key', { ...form, tillId: 'T9', apiV3Key: other })).toBeNull()
  expect(await setup.state()).toMatchObject({ draft: { tillId: 'T9' }, holdsApiV3Key: true })

  expect(await reopen().state()).toMatchObject({ draft: { tillId: 'T9' }, holdsApiV3Key: false })
  const kept = readFileSync(path.join(place.folder, 'setup-draft.json'), 'utf8')
  expect(kept).not.toContain(other)
  expect(kept).not.toContain(material.keyPem.split('\n')[3])
  setup.forget()
  expect(await reopen().state()).toMatchObject({ draft: { tillId: 'T1' } })
})

test('a public key file without its id does not prevent using an API v3 key', async () => {
  const { setup, place, form, apiV3Key } = await open()
  const file = path.join(place.folder, 'pub_key.pem')
  writeFileSync(file, 'not meant')
  await setup.takeFiles('public-key', form.merchantId, [file])
  expect(setup.check('key', form)).toBe('public-key-unreadable')
  expect(setup.check('key', { ...form, publicKeyId: '', apiV3Key })).toBeNull()
  expect(await setup.apply({ ...form, publicKeyId: '' })).toMatchObject({ kind: 'applied' })
  expect(place.profiles.get()).toMatchObject({ publicKey: null, hasApiV3Key: true })
})

test('a wrong key is reported at its step and not kept', async () => {
  const { setup, form } = await open()
  const publicKeyId = 'PUB_KEY_ID_0000000000000000000000000001'
  expect(setup.check('key', { ...form, apiV3Key: 'too short' })).toBe(
    'api-v3-key-not-32-characters',
  )
  expect((await setup.state()).holdsApiV3Key).toBe(false)
  expect(setup.check('key', { ...form, publicKeyId })).toBe('public-key-unreadable')
})
