import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createMerchantMaterial,
  merchantId as otherMerchant,
  type MerchantMaterial,
  sourceFile,
  zipOf,
} from '../../support/merchant-material.ts'
import { dayMs, openSetupScene, type SetupScene } from '../../support/setup-scene.ts'

let expired: MerchantMaterial
let good: MerchantMaterial
beforeAll(async () => {
  expired = await createMerchantMaterial({ validUntil: Date.now() - dayMs })
  good = await createMerchantMaterial({ validUntil: Date.now() + 400 * dayMs })
})

type File = MerchantMaterial['key']

function take({ setup, form, download }: SetupScene, ...files: readonly File[]) {
  const paths = files.map(({ name, bytes }) => download(name, bytes))
  return setup.takeFiles('merchant', form.merchantId, paths)
}

describe("the merchant's files", () => {
  test('a new choice takes the place of a pair that has expired', async () => {
    const scene = await openSetupScene()
    expect(await take(scene, expired.certificate, expired.key)).toMatchObject({
      fault: null,
      certificate: { level: 'expired' },
    })
    const renamed = [
      sourceFile('new_cert.pem', good.certificatePem),
      sourceFile('new_key.pem', good.keyPem),
    ] as const
    const taken = await take(scene, ...renamed)
    expect(taken).toMatchObject({
      names: ['new_cert.pem', 'new_key.pem'],
      fault: null,
      certificate: { level: 'good' },
    })
    expect((await scene.setup.state()).taken.merchant).toEqual(taken)
  })

  test('a new choice takes the place of files that are faulty', async () => {
    const scene = await openSetupScene()
    expect(await take(scene, good.certificate, expired.key)).toMatchObject({
      fault: 'pair-mismatch',
    })
    expect(await take(scene, sourceFile('cert.docx', 'some text'))).toMatchObject({
      names: ['cert.docx'],
      fault: 'file-unknown',
    })
    expect(await take(scene, good.certificate, good.key)).toMatchObject({ fault: null })
  })

  test('certificate and key may come one after the other, in either order', async () => {
    const scene = await openSetupScene()
    for (const [first, second, fault] of [
      [good.certificate, good.key, 'key-missing'],
      [good.key, good.certificate, 'certificate-missing'],
    ] as const) {
      expect(await take(scene, first)).toMatchObject({ fault })
      expect(await take(scene, second)).toMatchObject({ fault: null })
    }
    // A certificate in place of a certificate is no other half.
    await take(scene, expired.certificate)
    expect(await take(scene, sourceFile('b.pem', good.certificatePem))).toMatchObject({
      names: ['b.pem'],
      fault: 'key-missing',
    })
  })

  test('one of them can be taken back', async () => {
    const scene = await openSetupScene()
    const { setup, form } = scene
    const wrongKey = sourceFile('old_key.pem', expired.keyPem)
    await take(scene, good.certificate, wrongKey)
    expect(await setup.removeFile('merchant', form.merchantId, 'old_key.pem')).toMatchObject({
      names: ['apiclient_cert.pem'],
      fault: 'key-missing',
    })
    expect(await take(scene, good.key)).toMatchObject({ fault: null })
  })

  test('a file that cannot be read is named with its fault, and can be taken back', async () => {
    const scene = await openSetupScene()
    const { setup, form } = scene
    const big = sourceFile('holiday.zip', Buffer.alloc(2_000_000))
    const unread = { names: ['holiday.zip'], fault: 'file-too-large' }
    expect(await take(scene, big)).toMatchObject(unread)
    expect((await setup.state()).taken.merchant).toMatchObject(unread)
    expect(await setup.removeFile('merchant', form.merchantId, 'holiday.zip')).toMatchObject({
      names: [],
      fault: null,
    })
  })

  test('are judged again for the merchant id that was corrected', async () => {
    const scene = await openSetupScene()
    const { setup, form } = scene
    const foreign = await createMerchantMaterial({ commonName: otherMerchant })
    const shop = { ...form, merchantId: '1900000111' }
    const paths = [foreign.certificate, foreign.key].map(({ name, bytes }) =>
      scene.download(name, bytes),
    )
    expect(await setup.takeFiles('merchant', shop.merchantId, paths)).toMatchObject({
      fault: 'merchant-id-other',
    })
    setup.check('shop', { ...form, merchantId: otherMerchant })
    expect((await setup.state()).taken.merchant).toMatchObject({ fault: null })
  })
})

describe('the public key file', () => {
  test.each([
    ['a private key', 'public-key-is-private', () => good.keyPem],
    ['a certificate', 'public-key-is-a-certificate', () => good.certificatePem],
    ['some text', 'public-key-unreadable', () => 'hello'],
    ['a public key after a private one', 'public-key-is-private', () => `${good.keyPem}PEM`],
  ])('%s is judged as it is chosen, and nothing of it is kept', async (_, fault, content) => {
    const { setup, form, download, reopen } = await openSetupScene()
    const file = download('chosen.pem', content())
    const taken = await setup.takeFiles('public-key', form.merchantId, [file])
    expect(taken).toEqual({ names: ['chosen.pem'], fault, certificate: null })
    expect(setup.check('key', { ...form, publicKeyId: 'PUB_KEY_ID_0000000000000001' })).toBe(
      'public-key-unreadable',
    )
    expect(await reopen().state()).toMatchObject({ taken: { 'public-key': { names: [] } } })
  })

  test('another choice takes the place of a wrong one', async () => {
    const { setup, form, download, publicKeyPem } = await openSetupScene()
    await setup.takeFiles('public-key', form.merchantId, [download('a.pem', good.keyPem)])
    const right = download('pub_key.pem', publicKeyPem)
    expect(await setup.takeFiles('public-key', form.merchantId, [right])).toMatchObject({
      names: ['pub_key.pem'],
      fault: null,
    })
    expect(setup.check('key', form)).toBeNull()
  })
})

test('no key of any kind gets into the draft, wherever it was put', async () => {
  const { setup, form, place, download, apiV3Key, publicKeyPem, material } = await openSetupScene()
  const canaries = {
    merchantKey: good.keyPem,
    publicKey: publicKeyPem,
    storedKey: material.keyPem,
    apiV3Key: apiV3Key.toUpperCase(),
  }
  for (const purpose of ['merchant', 'public-key'] as const)
    for (const content of [good.keyPem, publicKeyPem, `${publicKeyPem}${good.keyPem}`])
      await setup.takeFiles(purpose, form.merchantId, [download('chosen.pem', content)])
  // Pasted into the wrong field.
  const pasted = canaries.apiV3Key
  for (const wrong of [
    { ...form, publicKeyId: pasted },
    { ...form, appid: pasted },
    { ...form, tillId: pasted },
    { ...form, merchantId: pasted },
    { ...form, hosts: [pasted] },
    { ...form, hosts: [`https://user:${pasted}@example.com`] },
    { ...form, apiV3Key: pasted },
  ])
    for (const part of ['shop', 'key'] as const) {
      setup.check(part, wrong)
      for (const name of readdirSync(place.folder).filter((one) => one.startsWith('setup-draft'))) {
        const kept = readFileSync(path.join(place.folder, name), 'utf8')
        for (const canary of Object.values(canaries))
          for (const line of canary.split('\n').filter((one) => /^[^-]{20,}$/.test(one)))
            expect(kept).not.toContain(line)
      }
    }
  setup.check('shop', form)
  expect(existsSync(path.join(place.folder, 'setup-draft.json'))).toBe(true)
})

test('a draft of an earlier version loses the key that it held', async () => {
  const { place, reopen, form } = await openSetupScene()
  const file = path.join(place.folder, 'setup-draft.json')
  const publicKey = { name: 'apiclient_key.pem', pem: good.keyPem }
  const { merchantId, appid, publicKeyId, hosts } = form
  const draft = { merchantId, appid, tillId: 'T8', publicKeyId, hosts, publicKey }
  writeFileSync(file, JSON.stringify(draft))
  const again = reopen()
  expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY')
  expect((await again.state()).draft.tillId).toBe('T8')
})

describe('the files with the key', () => {
  test('alone are named and go to the recycle bin; what was chosen with them stays', async () => {
    const scene = await openSetupScene()
    const { setup, form, enrol, trash, place } = scene
    await enrol(good)
    const photos = { ...zipOf([sourceFile('family.jpg', 'a photo')]), name: 'photos.zip' }
    const copy = sourceFile('copy_of_key.pem', good.keyPem)
    await take(scene, photos, good.certificate, good.key, copy)
    await setup.test(form)
    const finished = {
      sources: ['apiclient_key.pem', 'copy_of_key.pem'],
      isProven: true,
      isNext: false,
    }
    expect(await setup.apply(form)).toEqual({ kind: 'applied', ...finished })
    // As after the owner has signed in again, when another set-up was perhaps begun and dropped.
    setup.forget()
    expect(setup.finished()).toEqual(finished)
    expect(await setup.deleteSources()).toEqual({ left: [] })
    expect(setup.finished()).toEqual({ ...finished, sources: [] })
    expect(trash.map((file) => path.basename(file))).toEqual([
      'apiclient_key.pem',
      'copy_of_key.pem',
    ])
    expect(existsSync(path.join(place.folder, 'photos.zip'))).toBe(true)
  })

  test('are kept while nothing has shown that WeChat Pay takes the key', async () => {
    const scene = await openSetupScene()
    const { setup, form, trash } = scene
    // Unknown at WeChat Pay.
    await take(scene, good.certificate, good.key)
    expect(await setup.test(form)).toMatchObject({ report: { finding: 'serial-wrong' } })
    expect(await setup.apply(form)).toMatchObject({
      sources: ['apiclient_key.pem'],
      isProven: false,
    })
    expect(setup.finished()).toMatchObject({ sources: ['apiclient_key.pem'], isProven: false })
    await setup.deleteSources()
    expect(trash).toEqual([])
  })

  test('are still offered after a restart, without a key on the disk; what was put in their place stays', async () => {
    const scene = await openSetupScene()
    const { setup, form, enrol, trash, place, reopen } = scene
    await enrol(good)
    const copy = sourceFile('copy_of_key.pem', good.keyPem)
    const stick = sourceFile('on_a_stick.pem', good.keyPem)
    await take(scene, good.certificate, good.key, copy, stick)
    await setup.test(form)
    await setup.apply(form)
    const kept = readFileSync(path.join(place.folder, 'key-files.json'), 'utf8')
    expect(kept).not.toContain('PRIVATE KEY')
    scene.download('copy_of_key.pem', 'a letter that was saved under this name')
    rmSync(path.join(place.folder, 'on_a_stick.pem'))
    const restarted = reopen()
    expect(restarted.finished()).toMatchObject({ isProven: true })
    expect(await restarted.deleteSources()).toEqual({ left: ['on_a_stick.pem'] })
    expect(trash.map((file) => path.basename(file))).toEqual(['apiclient_key.pem'])
    restarted.acknowledge()
    expect(reopen().finished()).toBeNull()
  })

  test('are not offered again once somebody has said that they may stay', async () => {
    const scene = await openSetupScene()
    const { setup, form, enrol, trash } = scene
    expect(setup.finished()).toBeNull()
    await enrol(good)
    await take(scene, good.certificate, good.key)
    await setup.test(form)
    await setup.apply(form)
    setup.acknowledge()
    expect(setup.finished()).toBeNull()
    expect(await setup.deleteSources()).toEqual({ left: [] })
    expect(trash).toEqual([])
  })
})

describe('the next certificate', () => {
  test('is tested with its own key, and not saved where WeChat Pay does not take it', async () => {
    const scene = await openSetupScene()
    const { setup, place, trash } = scene
    const form = { ...scene.form, isNextCertificate: true }
    const before = place.profiles.get()
    await take(scene, good.certificate, good.key)
    const refused = { kind: 'tested', report: { finding: 'serial-wrong' } }
    expect(await setup.test(form)).toMatchObject(refused)
    expect(await setup.apply(form)).toMatchObject(refused)
    expect(place.profiles.get()).toEqual(before)
    await setup.deleteSources()
    expect(trash).toEqual([])

    await scene.enrol(good)
    expect(await setup.apply(form)).toMatchObject({ kind: 'applied', isProven: true })
    expect((await setup.state()).saved).toMatchObject({ next: { level: 'good' } })
    expect(setup.finished()).toMatchObject({ sources: ['apiclient_key.pem'], isNext: true })
  })
})
