import { createPrivateKey } from 'node:crypto'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { liveHandOverParty } from '../../../main/app/live/live-hand-over-party.ts'
import {
  messageToSign,
  unwrapHandOver,
  wrapHandOver,
} from '../../../main/outside/hand-over-envelope.ts'
import { createCredentialSource } from '../../../main/credentials/credential-source.ts'
import { provision } from '../../../main/credentials/provision.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createRemoteSigner } from '../../../main/wechatpay/remote-signer.ts'
import { closedPort, listenOnLoopback, type TlsIdentity } from '../../support/loopback-servers.ts'
import { openLivePlace, provisioningOf } from '../../support/live-place.ts'
import { createPrivateAuthority, type PrivateAuthority } from '../../support/private-authority.ts'
import { createRemoteSignerServer } from '../../support/remote-signer-server.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { createScene, newRequestNo, patient, type Scene } from '../../support/wechatpay-scene.ts'

let scene: Scene
let chain: PrivateAuthority
let server: TlsIdentity
let till: TlsIdentity
beforeAll(async () => {
  scene = await createScene()
  chain = await createPrivateAuthority('Chain')
  server = await chain.issue('signer', ['localhost'])
  till = await chain.issue('till-7')
  return () => scene.close()
})

async function startSigner(allowed = ['till-7']) {
  const asked: string[] = []
  const key = createPrivateKey(scene.till.privateKeyPem)
  const port = await listenOnLoopback(
    createRemoteSignerServer({
      ...server,
      clientAuthorityPem: chain.certificatePem,
      merchantKeys: new Map([[scene.till.serial, key]]),
      allowed: new Set(allowed),
      onAsked: (who) => asked.push(who),
    }),
  )
  return { url: `https://localhost:${port}/sign`, asked }
}

function signerFor(url: string, identity = till, authoritiesPem = chain.certificatePem) {
  const signer = createRemoteSigner({
    url,
    merchantId: scene.till.merchantId,
    serial: scene.till.serial,
    clientCertificatePem: identity.certificatePem,
    clientKeyPem: identity.keyPem,
    authoritiesPem,
  })
  onTestFinished(() => signer.close())
  return signer
}

const forever = AbortSignal.timeout(20_000)
const stockQuery = Buffer.from('GET\n/v3/marketing/busifavor/stocks/1\n1700000000\nabc\n\n')

test('a till whose key is in a remote signer redeems a coupon', async () => {
  const { url, asked } = await startSigner()
  const signer = signerFor(url)
  const gateway = createTestGateway({ ...scene.till, signer }, { origins: [scene.standIn.origin] })
  onTestFinished(() => gateway.close())
  const { appid } = scene.till
  const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
  expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  expect(asked).toEqual(['till-7'])
})

test("a provisioned profile keeps the till's own key only in the keychain, and redeems", async () => {
  const { url, asked } = await startSigner()
  const place = openLivePlace()
  onTestFinished(() => place.dispose())
  const { certificatePem, merchantId } = scene.till
  const provisioned = await provision(
    {
      ...provisioningOf({ certificatePem, keyPem: '', certificate: none, key: none }),
      merchantId,
      signing: {
        kind: 'remote',
        certificatePem,
        clientKeyPem: till.keyPem,
        signer: {
          url,
          clientCertificatePem: till.certificatePem,
          authoritiesPem: chain.certificatePem,
        },
      },
    },
    place,
  )
  expect(provisioned).toMatchObject({ ok: true })
  expect(await place.keychain.read('merchant-private-key')).toEqual({ ok: true, value: null })
  expect(await place.keychain.read('remote-signer-key')).toEqual({ ok: true, value: till.keyPem })
  const source = createCredentialSource(place)
  onTestFinished(() => source.close())
  const current = await source.current()
  const signed = current.ok ? await current.value.signer.sign(stockQuery, forever) : current
  expect(signed).toEqual(await scene.till.signer.sign(stockQuery, forever))
  expect(asked).toEqual(['till-7'])
})

test('a till whose key is elsewhere hands over, and another of the merchant takes it', async () => {
  const { url } = await startSigner()
  const place = openLivePlace()
  onTestFinished(() => place.dispose())
  const { certificatePem, merchantId, appid } = scene.till
  const done = await provision(
    {
      ...provisioningOf({ certificatePem, keyPem: '', certificate: none, key: none }),
      merchantId,
      appid,
      signing: {
        kind: 'remote',
        certificatePem,
        clientKeyPem: till.keyPem,
        signer: {
          url,
          clientCertificatePem: till.certificatePem,
          authoritiesPem: chain.certificatePem,
        },
      },
    },
    place,
  )
  if (!done.ok) throw new Error(done.error.code)
  const source = createCredentialSource(place)
  onTestFinished(() => source.close())
  const party = liveHandOverParty(done.value, place, source)
  const head = await party.head()
  if (!head.ok) throw new Error(head.error.code)
  const sealed = Buffer.from('sealed')
  const signature = await party.sign(messageToSign(head.value, sealed), forever)
  if (!signature.ok) throw new Error(signature.error.code)
  const file = wrapHandOver(head.value, sealed, signature.value)
  expect(unwrapHandOver(file, { ...party.reader(), own: [] }).ok).toBe(true)

  // As an earlier version set it up: its public key is nowhere.
  const { signing } = done.value
  if (signing.kind !== 'remote') throw new Error(signing.kind)
  const { publicKey: _, ...certificate } = signing.certificate
  place.profiles.set({ ...done.value, signing: { ...signing, certificate } })
  expect(await party.head()).toEqual({ ok: false, error: { code: 'set-up-again' } })
})

const none = { name: '', bytes: new Uint8Array() }

test('a request that tills do not need is not signed', async () => {
  const { url } = await startSigner()
  const refund = Buffer.from('POST\n/v3/refund/domestic/refunds\n1700000000\nabc\n{}\n')
  expect(await signerFor(url).sign(refund, forever)).toEqual({
    ok: false,
    error: { code: 'signing-failed' },
  })
})

test('a till removed from the list gets no signature', async () => {
  const { url } = await startSigner(['till-8'])
  expect(await signerFor(url).sign(stockQuery, forever)).toMatchObject({
    error: { code: 'signing-failed' },
  })
})

test("a till with another authority's certificate is not let in", async () => {
  const { url, asked } = await startSigner()
  const stranger = await (await createPrivateAuthority('Stranger')).issue('till-7')
  expect(await signerFor(url, stranger).sign(stockQuery, forever)).toMatchObject({
    error: { code: 'signer-unreachable' },
  })
  expect(asked).toEqual([])
})

test("a signer with another authority's certificate is sent nothing", async () => {
  const { url, asked } = await startSigner()
  const { certificatePem } = await createPrivateAuthority('Other')
  expect(await signerFor(url, till, certificatePem).sign(stockQuery, forever)).toMatchObject({
    error: { code: 'signer-unreachable' },
  })
  expect(asked).toEqual([])
})

test('a signer that is down counts as unreachable, and nothing is sent', async () => {
  const signer = signerFor(`https://localhost:${await closedPort()}/sign`)
  const gateway = createTestGateway({ ...scene.till, signer }, { origins: [scene.standIn.origin] })
  onTestFinished(() => gateway.close())
  const before = await scene.control.ledger({})
  const body = useBody({
    code: await scene.sample(),
    appid: scene.till.appid,
    useRequestNo: newRequestNo(),
  })
  expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({
    reason: 'no-connection',
  })
  expect(await scene.control.ledger({})).toEqual(before)
})

test('a caller that gives up ends the wait', async () => {
  const { url } = await startSigner()
  expect(await signerFor(url).sign(stockQuery, AbortSignal.abort())).toMatchObject({
    error: { code: 'signer-unreachable' },
  })
})
