import type {
  ConnectionFinding,
  SetupFault,
  SetupForm,
  SetupState,
} from '../../../main/contract/setup.ts'
import {
  apiV3KeyPattern,
  appidPattern,
  merchantIdPattern,
  publicKeyIdPattern,
  tillIdPattern,
} from '../../../main/contract/setup-patterns.ts'
import { hostsIn, isHostAddress } from '../../../main/contract/web-address.ts'

export const setupSteps = ['shop', 'certificate', 'key', 'connection'] as const
export type SetupStep = (typeof setupSteps)[number]

export interface SetupAnswers {
  readonly form: SetupForm
  readonly taken: SetupState['taken']
  readonly holdsApiV3Key: boolean
  readonly saved: SetupState['saved']
}

/**
 * Returns whether everything that a step asks for is there and has the right form. The main process checks the content.
 */
export function isComplete(step: SetupStep, answers: SetupAnswers): boolean {
  const { form, taken, saved } = answers
  switch (step) {
    case 'shop':
      return (
        merchantIdPattern.test(form.merchantId) &&
        appidPattern.test(form.appid) &&
        tillIdPattern.test(form.tillId) &&
        areHosts(form.hosts)
      )
    case 'certificate': {
      const { names, certificate } = taken.merchant
      if (names.length > 0) return certificate !== null && certificate.level !== 'expired'
      return saved?.merchantId === form.merchantId && saved.hasKey
    }
    case 'key':
      return hasPublicKey(answers) || hasApiV3Key(answers)
    case 'connection':
      return false
  }
}

export const merchantIdLength = 10

/**
 * Whether it has not as many characters as the merchant ids that are issued now. Older ones may be shorter, so that this is
 * pointed out and not refused.
 */
export function isOddMerchantId(merchantId: string): boolean {
  return merchantId !== '' && merchantId.length !== merchantIdLength
}

/** The servers as they are sent to the main process: what is typed may lack `https://`. */
export function namedHosts(hosts: readonly string[]): string[] {
  return hostsIn(hosts.join(' '))
}

export function areHosts(hosts: readonly string[]): boolean {
  const named = namedHosts(hosts)
  return named.length > 0 && named.length <= 4 && named.every(isHostAddress)
}

function hasPublicKey({ form, taken, saved }: SetupAnswers): boolean {
  if (!publicKeyIdPattern.test(form.publicKeyId)) return false
  const { names, fault } = taken['public-key']
  if (names.length > 0) return fault === null
  return saved?.publicKeyId === form.publicKeyId
}

function hasApiV3Key({ form, holdsApiV3Key, saved }: SetupAnswers): boolean {
  if (form.apiV3Key !== '') return apiV3KeyPattern.test(form.apiV3Key)
  return holdsApiV3Key || (saved?.hasApiV3Key === true && !form.dropsApiV3Key)
}

/** Returns the step at which a person goes on: the first that is not complete. */
export function firstIncompleteStep(answers: SetupAnswers): SetupStep {
  return setupSteps.find((step) => !isComplete(step, answers)) ?? 'connection'
}

/** Returns whether everything before the step is complete. */
export function mayOpen(step: SetupStep, answers: SetupAnswers): boolean {
  const before = setupSteps.slice(0, setupSteps.indexOf(step))
  return before.every((one) => isComplete(one, answers))
}

const mendedAt: Partial<Record<ConnectionFinding, SetupStep>> = {
  'reply-not-verified': 'key',
  'reply-not-signed': 'key',
  'public-key-not-used': 'key',
  'api-v3-key-wrong': 'key',
  'platform-certificates-gone': 'key',
  'serial-wrong': 'certificate',
  'certificate-expired': 'certificate',
  'certificate-revoked': 'certificate',
  'certificate-replaced': 'certificate',
  'signature-wrong': 'certificate',
  'credentials-missing': 'certificate',
  'signing-failed': 'certificate',
  'merchant-unknown': 'shop',
  'appid-not-bound': 'shop',
  'name-not-found': 'shop',
  tls: 'shop',
}

const faultMendedAt: Partial<Record<SetupFault, SetupStep>> = {
  'merchant-id-other': 'shop',
  'p12-password-wrong': 'shop',
  'other-merchant-while-waiting': 'shop',
  'certificate-missing': 'certificate',
  'certificate-expired': 'certificate',
  'key-missing': 'certificate',
  'pair-mismatch': 'certificate',
  'same-certificate': 'certificate',
  'file-too-demanding': 'certificate',
  'nothing-to-verify-with': 'key',
  'public-key-unreadable': 'key',
  'public-key-id-malformed': 'key',
  'api-v3-key-not-32-characters': 'key',
}

/** Returns the step that mends a fault; `null` where it is mended elsewhere, or at the step that shows it. */
export function stepThatMendsFault(fault: SetupFault | 'failed'): SetupStep | null {
  return fault === 'failed' ? null : (faultMendedAt[fault] ?? null)
}

/** Returns the step that fixes what a connection test found; `null` where it is fixed elsewhere. */
export function stepThatFixes(finding: ConnectionFinding): SetupStep | null {
  return mendedAt[finding] ?? null
}
