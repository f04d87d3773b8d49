import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCredentialSource } from '../../../main/credentials/credential-source.ts'
import { readMerchantCertificate } from '../../../main/credentials/merchant-certificate.ts'
import { openProfileStore } from '../../../main/credentials/profile-store.ts'
import type { Profile } from '../../../main/credentials/profile.ts'
import { provision, type Provisioning, stageNextPair } from '../../../main/credentials/provision.ts'
import { createMerchantMaterial, type MerchantMaterial } from '../../support/merchant-material.ts'
import { type LivePlace, openLivePlace, provisioningOf } from '../../support/live-place.ts'

const dayMs = 86_400_000
let first: MerchantMaterial
let second: MerchantMaterial
let big: MerchantMaterial
beforeAll(async () => {
  const now = Date.now()
  first = await createMerchantMaterial({ validUntil: now + 30 * dayMs })
  second = await createMerchantMaterial({ validUntil: now + 365 * dayMs })
  big = await createMerchantMaterial({ bits: 4096 })
})

let place: LivePlace
beforeEach(() => {
  place = openLivePlace()
  return () => place.dispose()
})

const serialOf = async (source: ReturnType<typeof createCredentialSource>) => {
  const current = await source.current()
  return current.ok ? current.value.serial : current.error.code
}

function serialOfRecord(profile: Profile | null): string {
  return profile?.signing.kind === 'keychain' ? profile.signing.current.serial : ''
}

describe('provisioning', () => {
  test.each([
    ['2048', () => first],
    ['4096', () => big],
  ])(
    'RSA-%s: the till signs after a restart, and the folder holds no secret',
    async (_bits, of) => {
      const provisioned = await provision(provisioningOf(of()), place)
      expect(provisioned).toMatchObject({ ok: true })
      const restarted = { ...place, profiles: openProfileStore(place.folder) }
      const source = createCredentialSource(restarted)
      const current = await source.current()
      if (!current.ok) throw new Error(current.error.code)
      const signed = await current.value.signer.sign(Buffer.from('x'), AbortSignal.timeout(20_000))
      expect(signed).toMatchObject({ ok: true })
      for (const name of readdirSync(place.folder)) {
        const content = readFileSync(path.join(place.folder, name))
        expect(content.includes('PRIVATE KEY')).toBe(false)
        expect(content.includes('0123456789abcdef0123456789abcdef')).toBe(false)
        expect(content.includes(of().keyPem.split('\n')[3] ?? '')).toBe(false)
      }
    },
  )

  test('a profile of an earlier version trusts public authorities alone', async () => {
    await provision(provisioningOf(first), place)
    const file = path.join(place.folder, 'profile.json')
    const { authorities: _, ...earlier } = place.profiles.get() ?? { authorities: null }
    writeFileSync(file, JSON.stringify(earlier))
    expect(openProfileStore(place.folder).get()?.authorities).toBe('public')
  })

  test.skipIf(process.platform === 'win32')(
    'the profile is readable only by its owner',
    async () => {
      await provision(provisioningOf(first), place)
      expect(statSync(path.join(place.folder, 'profile.json')).mode & 0o777).toBe(0o600)
    },
  )

  const wrong: [string, (good: Provisioning) => Provisioning][] = [
    ['nothing-to-verify-with', (good) => ({ ...good, apiV3Key: null })],
    ['api-v3-key-not-32-characters', (good) => ({ ...good, apiV3Key: 'short' })],
    ['merchant-id-other', (good) => ({ ...good, merchantId: '1900000108' })],
    [
      'public-key-id-malformed',
      (good) => ({
        ...good,
        publicKey: {
          id: 'PUB_KEY',
          pem: generateKeyPairSync('rsa', { modulusLength: 2048 })
            .publicKey.export({ type: 'spki', format: 'pem' })
            .toString(),
        },
      }),
    ],
  ]
  test.each(wrong)('%s: nothing is written', async (fault, change) => {
    expect(await provision(change(provisioningOf(first)), place)).toEqual({
      ok: false,
      error: { code: fault },
    })
    expect(place.keychain.sizes.size).toBe(0)
    expect(readdirSync(place.folder)).toEqual([])
  })

  test('certificate-expired', async () => {
    place.now += 31 * dayMs
    expect(await provision(provisioningOf(first), place)).toMatchObject({
      error: { code: 'certificate-expired' },
    })
  })

  test.each(['locked', 'unavailable'] as const)(
    'a keychain that is %s leaves what was there in force',
    async (code) => {
      await provision(provisioningOf(first), place)
      const before = place.profiles.get()
      place.keychain.fail({ code, detail: '' })
      expect(await provision(provisioningOf(second), place)).toEqual({
        ok: false,
        error: { code: `keychain-${code}` },
      })
      expect(openProfileStore(place.folder).get()).toEqual(before)
    },
  )

  test('is refused for another merchant while redemptions wait', async () => {
    await provision(provisioningOf(first), place)
    place.queue.waiting = 1
    const foreign = await createMerchantMaterial({ commonName: '1900000111' })
    const other = { ...provisioningOf(foreign), merchantId: '1900000111' }
    expect(await provision(other, place)).toMatchObject({
      error: { code: 'other-merchant-while-waiting' },
    })
    // Renewing the same merchant's certificate is allowed, for the waiting redemptions need it.
    expect(await provision(provisioningOf(second), place)).toMatchObject({ ok: true })
    // What may have been redeemed can only be found out under the merchant that it was sent for.
    Object.assign(place.queue, { bound: 1, misaddressed: 1 })
    expect(await provision(other, place)).toMatchObject({ ok: false })
    place.queue.waiting = 0
    expect(await provision(other, place)).toMatchObject({ ok: true })
  })

  test('mends an appid with redemptions waiting, and a merchant id that was answered as wrong', async () => {
    await provision(provisioningOf(first), place)
    Object.assign(place.queue, { waiting: 2, bound: 1 })
    const mended = { ...provisioningOf(first), appid: 'wx0000000000000000' }
    expect(await provision(mended, place)).toMatchObject({ ok: true })
    const foreign = await createMerchantMaterial({ commonName: '1900000111' })
    Object.assign(place.queue, { bound: 0, misaddressed: 1 })
    const other = { ...provisioningOf(foreign), merchantId: '1900000111' }
    expect(await provision(other, place)).toMatchObject({ ok: true })
  })

  test('replaces the certificate, and removes the key of the one before', async () => {
    await provision(provisioningOf(first), place)
    await provision(provisioningOf(second), place)
    expect(await place.keychain.read('merchant-private-key')).toEqual({ ok: true, value: null })
    expect((await createCredentialSource(place).current()).ok).toBe(true)
  })
})

describe('the next certificate', () => {
  test('takes over a day before the current one expires, and not earlier', async () => {
    await provision(provisioningOf(first), place)
    const source = createCredentialSource(place)
    const before = await serialOf(source)
    const staged = await stageNextPair([second.certificate, second.key], place)
    expect(staged).toMatchObject({ ok: true })
    expect(await serialOf(source)).toBe(before)
    const expiresAt = readMerchantCertificate(first.certificatePem)?.validUntil ?? 0
    place.now = expiresAt - dayMs - 1
    expect(await serialOf(source)).toBe(before)
    place.now += 1
    const after = await serialOf(source)
    expect(after).not.toBe(before)
    // It is in use now: a third certificate must go to the other slot, not over the key in use.
    const third = await createMerchantMaterial()
    await stageNextPair([third.certificate, third.key], place)
    expect(await serialOf(createCredentialSource(place))).toBe(after)
  })

  test('stays when the one in use is given again, whose lost key that brings back', async () => {
    await provision(provisioningOf(first), place)
    await stageNextPair([second.certificate, second.key], place)
    const before = place.profiles.get()
    await place.secrets.remove('merchant-private-key')
    expect(await serialOf(createCredentialSource(place))).not.toBe(serialOfRecord(before))
    await provision({ ...provisioningOf(first), appid: 'wx0000000000000001' }, place)
    expect(place.profiles.get()?.signing).toEqual(before?.signing)
    expect(await serialOf(createCredentialSource(place))).toBe(serialOfRecord(before))
    // The same once it has taken over.
    place.now = (readMerchantCertificate(first.certificatePem)?.validUntil ?? 0) - dayMs
    await provision(provisioningOf(second), place)
    expect(place.profiles.get()?.signing).toEqual(before?.signing)
  })

  test('is never used before it is valid', async () => {
    await provision(provisioningOf(first), place)
    const later = await createMerchantMaterial({ validFrom: place.now + 40 * dayMs })
    await stageNextPair([later.certificate, later.key], place)
    const source = createCredentialSource(place)
    const before = await serialOf(source)
    place.now += 35 * dayMs
    expect(await serialOf(source)).toBe(before)
  })

  test('must differ from the one in use, and needs one in use', async () => {
    const files = [first.certificate, first.key]
    expect(await stageNextPair(files, place)).toMatchObject({ error: { code: 'not-provisioned' } })
    await provision(provisioningOf(first), place)
    expect(await stageNextPair(files, place)).toMatchObject({ error: { code: 'same-certificate' } })
  })
})

describe('a source of credentials', () => {
  test('reports credentials-missing before provisioning', async () => {
    expect(await createCredentialSource(place).current()).toMatchObject({
      error: { code: 'credentials-missing' },
    })
  })

  test('parses the keys once', async () => {
    await provision(provisioningOf(first), place)
    const source = createCredentialSource(place)
    const [one, two] = [await source.current(), await source.current()]
    expect(one).toEqual(two)
    expect(one.ok && two.ok && one.value === two.value).toBe(true)
  })

  test('tells a locked keychain that reports "not found" from one that lost the key', async () => {
    await provision(provisioningOf(first), place)
    const silent = { ...place.secrets, read: async () => ({ ok: true, value: null }) as const }
    const locked = {
      ...silent,
      probe: async () => ({ ok: false, error: { code: 'locked', detail: '' } }) as const,
    }
    expect(await serialOf(createCredentialSource({ ...place, secrets: locked }))).toBe(
      'keychain-locked',
    )
    expect(await serialOf(createCredentialSource({ ...place, secrets: silent }))).toBe(
      'credentials-missing',
    )
  })

  test('retries a failed keychain after a pause, not at every request', async () => {
    await provision(provisioningOf(first), place)
    const source = createCredentialSource(place)
    place.keychain.fail({ code: 'locked', detail: '' })
    expect(await serialOf(source)).toBe('keychain-locked')
    place.keychain.fail(null)
    expect(await serialOf(source)).toBe('keychain-locked')
    place.now += 10_001
    expect(await serialOf(source)).not.toBe('keychain-locked')
  })

  test("refuses a key in the keychain that is somebody else's", async () => {
    await provision(provisioningOf(first), place)
    const other = openLivePlace()
    await provision(provisioningOf(second), other)
    const foreign = await other.secrets.read('merchant-private-key')
    other.dispose()
    await place.secrets.write('merchant-private-key', (foreign.ok && foreign.value) || '')
    expect(await serialOf(createCredentialSource(place))).toBe('credentials-missing')
  })
})

test('a running till uses what another process provisions', async () => {
  const running = openProfileStore(place.folder)
  const source = createCredentialSource({ ...place, profiles: running })
  expect(await serialOf(source)).toBe('credentials-missing')
  await provision(provisioningOf(first), place)
  const before = await serialOf(source)
  await provision(provisioningOf(second), place)
  expect(await serialOf(source)).not.toBe(before)
})

test.each(['not JSON', '{"version":1}', '{"version":2}'])(
  'a profile file that is %j is kept aside',
  (content) => {
    const file = path.join(place.folder, 'profile.json')
    writeFileSync(file, content)
    const store = openProfileStore(place.folder)
    expect(store.get()).toBeNull()
    expect(store.damagedFile()).toBe(`${file}.bad`)
    expect(readFileSync(`${file}.bad`, 'utf8')).toBe(content)
    expect(existsSync(file)).toBe(false)
  },
)
