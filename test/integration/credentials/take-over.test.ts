import { expect, onTestFinished, test } from 'vitest'
import { createCredentialSource } from '../../../main/credentials/credential-source.ts'
import { provision, stageNextPair } from '../../../main/credentials/provision.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { openLivePlace, provisioningOf } from '../../support/live-place.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { newRequestNo, openScene, patient } from '../../support/wechatpay-scene.ts'

const dayMs = 86_400_000

test('while the next certificate takes over, no request is lost, and a queued one is signed with it', async () => {
  const scene = await openScene()
  const place = openLivePlace()
  onTestFinished(() => place.dispose())
  const old = await createMerchantMaterial({ validUntil: place.now + 30 * dayMs })
  const next = await createMerchantMaterial()
  await scene.control.enrol({ certificatePem: old.certificatePem })
  const enrolled = await scene.control.enrol({ certificatePem: next.certificatePem })
  const publicKey = { id: enrolled.publicKeyId, pem: enrolled.publicKeyPem }
  await provision({ ...provisioningOf(old), publicKey, apiV3Key: null }, place)
  await stageNextPair([next.certificate, next.key], place)

  const credentials = createCredentialSource(place)
  const gateway = createTestGateway(scene.till, { origins: [scene.standIn.origin], credentials })
  onTestFinished(() => gateway.close())
  const send = (body: Uint8Array) => gateway.useCoupon(body, patient).then(judgeReply)
  const bodyFor = (code: string) =>
    useBody({ code, appid: enrolled.appid, useRequestNo: newRequestNo() })
  const codes = (await scene.control.samples({}))
    .filter(({ kind }) => kind === 'valid')
    .map(({ code }) => code)
  const [first = '', second = '', third = ''] = codes

  // Sent before the change, with its reply lost: it waits in the queue and is repeated afterwards.
  await scene.control.addFault({ kind: 'reset-after-effect', match: { code: first } })
  const queued = bodyFor(first)
  expect(await send(queued)).toMatchObject({ kind: 'unknown' })
  const oldSerial = await serialNow()

  const during = [send(bodyFor(second))]
  place.now += 29 * dayMs + 1000
  during.push(send(bodyFor(third)), send(queued))
  for (const outcome of await Promise.all(during)) expect(outcome.kind).toBe('confirmed')
  expect(await serialNow()).not.toBe(oldSerial)
  const { effects } = await scene.control.ledger({})
  expect(effects.map(({ code }) => code).toSorted()).toEqual([first, second, third].toSorted())

  async function serialNow(): Promise<string> {
    const current = await credentials.current()
    return current.ok ? current.value.serial : current.error.code
  }
})
