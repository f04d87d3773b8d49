import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { dayMs, openSetupScene as open } from '../../support/setup-scene.ts'

test('without new secrets, those in the keychain are tested and kept', async () => {
  const { place, setup, form, apiV3Key } = await open()
  const before = place.profiles.get()
  expect(await setup.test(form)).toMatchObject({ kind: 'tested', report: { finding: 'passed' } })
  expect(await setup.apply(form)).toEqual({
    kind: 'applied',
    sources: [],
    isProven: true,
    isNext: false,
  })
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
  const { place, setup, form, material, download, enrol } = await open()
  const next = await createMerchantMaterial({ validUntil: place.now + 400 * dayMs })
  await enrol(next)
  const files = [next.certificate, next.key].map(({ name, bytes }) => download(name, bytes))
  expect((await setup.takeFiles('merchant', form.merchantId, files)).fault).toBeNull()
  const applied = await setup.apply({ ...form, isNextCertificate: true })
  expect(applied).toMatchObject({
    kind: 'applied',
    sources: [next.key.name],
    isProven: true,
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

test('a file that is no public key does not prevent using an API v3 key', async () => {
  const { setup, place, form, apiV3Key, download } = await open()
  const taken = await setup.takeFiles('public-key', form.merchantId, [
    download('x.pem', 'not meant'),
  ])
  expect(taken).toMatchObject({ names: ['x.pem'], fault: 'public-key-unreadable' })
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
