import { describe, expect, test } from 'vitest'
import { connectionFindings, type CertificateFacts } from '../../../main/contract/setup.ts'
import {
  firstIncompleteStep,
  isComplete,
  mayOpen,
  type SetupAnswers,
  setupSteps,
  stepThatFixes,
} from '../../../renderer/screens/setup/setup-steps.ts'

const noFiles = { names: [], fault: null, certificate: null }
const certificate: CertificateFacts = { serial: 'A1', validUntil: 1, level: 'good', daysLeft: 400 }
const pair = { names: ['c.pem', 'k.pem'], fault: null, certificate }

const empty: SetupAnswers = {
  form: {
    merchantId: '',
    appid: '',
    tillId: '',
    publicKeyId: '',
    apiV3Key: '',
    dropsApiV3Key: false,
    isNextCertificate: false,
    hosts: ['https://api.mch.weixin.qq.com'],
    trustsSystem: false,
  },
  taken: { merchant: noFiles, 'public-key': noFiles },
  holdsApiV3Key: false,
  saved: null,
}
const shop: SetupAnswers = {
  ...empty,
  form: { ...empty.form, merchantId: '1900000109', appid: 'wxd678efh567hg6787', tillId: 'T1' },
}
const withPair: SetupAnswers = { ...shop, taken: { ...shop.taken, merchant: pair } }
const saved: NonNullable<SetupAnswers['saved']> = {
  merchantId: '1900000109',
  certificate,
  next: null,
  mayHaveNext: true,
  hasKey: true,
  publicKeyId: '',
  hasApiV3Key: true,
}

describe('the steps of set-up', () => {
  test('open one after the other', () => {
    expect(firstIncompleteStep(empty)).toBe('shop')
    expect(firstIncompleteStep(shop)).toBe('certificate')
    expect(firstIncompleteStep(withPair)).toBe('key')
    expect(firstIncompleteStep({ ...withPair, holdsApiV3Key: true })).toBe('connection')
    expect(setupSteps.filter((step) => mayOpen(step, shop))).toEqual(['shop', 'certificate'])
  })

  test('do not ask a till that is set up for certificate and key again', () => {
    expect(firstIncompleteStep({ ...shop, saved })).toBe('connection')
  })

  test('ask for the certificate of another merchant, and for a new one when it has expired', () => {
    const other = { ...shop, saved: { ...saved, merchantId: '1900000110' } }
    expect(firstIncompleteStep(other)).toBe('certificate')
    const expired = { ...pair, certificate: { ...certificate, level: 'expired' as const } }
    const answers = { ...shop, saved, taken: { ...shop.taken, merchant: expired } }
    expect(isComplete('certificate', answers)).toBe(false)
  })

  test('need the public key with its id and file when the API v3 key is to be removed', () => {
    const form = { ...shop.form, dropsApiV3Key: true, publicKeyId: 'PUB_KEY_ID_0119000001092026' }
    const without = { ...withPair, saved, form }
    expect(isComplete('key', without)).toBe(false)
    const file = { ...noFiles, names: ['pub_key.pem'] }
    const taken = { ...without.taken, 'public-key': file }
    expect(isComplete('key', { ...without, taken })).toBe(true)
    expect(isComplete('key', { ...without, taken, form: { ...form, publicKeyId: '' } })).toBe(false)
  })

  test('link every fault of certificate or key to the step that fixes it', () => {
    const led = connectionFindings.filter((finding) => stepThatFixes(finding) !== null)
    expect(led.filter((finding) => /certificate|signature|serial/.test(finding))).toEqual(
      connectionFindings.filter(
        (finding) =>
          /certificate|signature|serial/.test(finding) && finding !== 'no-certificate-applied-for',
      ),
    )
    expect(stepThatFixes('clock-wrong')).toBeNull()
  })
})
