import type { Reason, ReasonOf } from '../../../main/contract/reason.ts'
import type { SetupStep } from './setup-steps.ts'

/** The step of set-up that mends each fault of the settings; `null` where it is mended elsewhere. */
const mendedAt = {
  'appid-not-bound': 'shop',
  'merchant-unknown': 'shop',
  'merchant-relation': 'shop',
  'signature-rejected': 'certificate',
  'certificate-expired': 'certificate',
  'credentials-missing': 'certificate',
  'wechatpay-key-wrong': 'key',
  // Which of them it is, the test says.
  'settings-refused': 'connection',
  'no-permission': null,
  'merchant-restricted': null,
  'address-not-allowed': null,
  'headers-rejected': null,
  'clock-wrong': null,
  'keychain-unavailable': null,
  'keychain-locked': null,
} as const satisfies Readonly<Record<ReasonOf<'blocked'>, SetupStep | null>>

/** Whether it is one of the faults that stop the queue. Its field is named in `till.json`, `status.field`. */
export function isSettingsFault(reason: Reason | null): reason is keyof typeof mendedAt {
  return reason !== null && reason in mendedAt
}

export function stepThatMends(reason: keyof typeof mendedAt): SetupStep | null {
  return mendedAt[reason]
}
