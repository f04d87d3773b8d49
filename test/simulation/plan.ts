import type { OfflinePolicy } from '../../main/redemption/offline-policy.ts'
import type { Dice } from './dice.ts'
import { type HandOverEvent, planHandOvers } from './plan-hand-overs.ts'
import { type LostTime, planLostTime } from './plan-lost-time.ts'

/** Where the API's documents are silent, each possibility is played (wechat-pay.md, open questions). */
export interface Switches {
  readonly replaySame: 'first-result' | 'already-used'
  readonly alreadyUsedStatus: 400 | 403 | 409
  readonly underscored: boolean
  readonly validityBy: 'server-time' | 'use-time'
  readonly useTimeInReply: 'seconds' | 'milliseconds' | 'unreadable'
}

export const exchangeFaults = [
  'request-lost',
  'reply-lost',
  'reply-slow',
  'request-late',
  'bad-gateway',
  'bad-gateway-after-effect',
  'system-error-400',
  'system-error-after-effect',
  'accepted-202',
  'accepted-202-after-effect',
  'unverified-200',
  'forged-200',
  'cut-body',
  'rate-limit',
  'redirect',
  'proxy-page-403',
  'connection-refused',
] as const
export type ExchangeFault = (typeof exchangeFaults)[number]

export const settingsFaults = [
  'sign-error',
  'no-auth',
  'appid-not-bound',
  'merchant-unknown',
  'keychain-locked',
  'credentials-missing',
  /** In words that name it. */
  'address-not-allowed',
  /** In words that could be the coupon's. */
  'bad-request',
  /** Every reply is signed with a key that the till does not have. */
  'wrong-wechatpay-key',
  /** Nobody is there who knows the path. */
  'path-not-found',
] as const
export type SettingsFault = (typeof settingsFaults)[number]

/** The last four are answered so for ever: SYSTEM_ERROR, NOAUTH, PARAM_ERROR, APPID_MCHID_NOT_MATCH. */
const badConditions = [
  ...(['used', 'expired', 'not-yet-valid', 'withdrawn', 'unknown'] as const),
  ...(['broken', 'foreign', 'odd', 'mismatched'] as const),
]

export interface PlannedCoupon {
  readonly code: string
  readonly discountFen: number
  readonly condition: 'valid' | (typeof badConditions)[number]
  /** Milliseconds after the start when a `valid` one ends to be so. */
  readonly validForMs: number
  /** One of the merchant's own, stored with WeChat Pay beforehand: it can be asked about by its code. */
  readonly uploaded: boolean
}

/** What a person at the till does with one of the last redemptions, if one is in the state for it. */
export const handActions = [
  'give-back',
  'give-back',
  'cancel',
  'send-again',
  'resolve',
  'honour',
] as const

export const crashPoints = [
  'now',
  'before-call',
  'after-call',
  'torn-commit',
  'torn-commit',
] as const

export type PlannedEvent =
  | { readonly kind: 'scan'; readonly payload: string; readonly choosesStock: boolean }
  | { readonly kind: 'hand'; readonly action: (typeof handActions)[number]; readonly pick: number }
  | { readonly kind: 'pause'; readonly ms: number }
  | {
      readonly kind: 'crash'
      readonly point: (typeof crashPoints)[number]
      /** Which of the till's calls to store and gateway, counted from the event on, is the last. */
      readonly calls: number
      readonly downMs: number
    }
  | { readonly kind: 'quit'; readonly downMs: number }
  | { readonly kind: 'outage'; readonly how: 'no-name' | 'black-hole'; readonly ms: number }
  | { readonly kind: 'settings'; readonly fault: SettingsFault; readonly ms: number }
  | { readonly kind: 'clock-step'; readonly byMs: number; readonly mendedAfterMs: number }
  | { readonly kind: 'disk-full'; readonly ms: number }
  /** The other tills of the shop tell what they redeemed. */
  | { readonly kind: 'peers' }
  | HandOverEvent
  | LostTime
  | { readonly kind: 'sync-now' }
  | { readonly kind: 'network-hint' }

export interface Plan {
  readonly tills: number
  readonly switches: Switches
  readonly policy: OfflinePolicy['mode']
  readonly coupons: readonly PlannedCoupon[]
  readonly faults: readonly ExchangeFault[]
  readonly faultRate: number
  /** In order of time; `atMs` counts from the start. */
  readonly events: readonly {
    readonly atMs: number
    readonly till: number
    readonly event: PlannedEvent
  }[]
  readonly endsAtMs: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What a seed will play. Some seeds are calm, some concentrate on one fault, some play everything at once. */
export function planSeed(dice: Dice): Plan {
  const tills = dice.pick([1, 1, 1, 2, 2, 3])
  const long = dice.chance(0.04)
  const endsAtMs = long ? dice.between(1, 3) * day : dice.between(10 * minute, 2 * hour)
  const planned = dice.times(dice.between(3, 16), () => planCoupon(dice, endsAtMs))
  const coupons = atMostOneLikeSettings(planned)
  const scans = dice.times(dice.between(4, 24), () => ({
    atMs: dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event: {
      kind: 'scan',
      payload: planPayload(dice, coupons),
      choosesStock: dice.chance(0.5),
    } as const,
  }))
  const doubles = dice.some(scans, 0.2).map((scan) => ({
    ...scan,
    till: dice.chance(0.7) ? scan.till : dice.between(0, tills - 1),
    atMs: scan.atMs + dice.between(50, dice.pick([900, 12 * second, 10 * minute])),
  }))
  const troubles = dice.times(dice.pick([0, 1, 2, 4, 8]), () => ({
    // Trouble is worth most where somebody scans.
    atMs: dice.chance(0.6)
      ? dice.pick(scans).atMs + dice.between(-500, dice.pick([1500, 8 * second]))
      : dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event: planTrouble(dice, long),
  }))
  const hands = dice.times(dice.pick([0, 0, 2, 6]), () => ({
    atMs: dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event: planHand(dice),
  }))
  const together = planTogether(dice, tills, endsAtMs)
  const scanAgain = () => ({
    kind: 'scan' as const,
    payload: dice.pick(coupons).code,
    choosesStock: dice.chance(0.5),
  })
  const handOvers = planHandOvers(dice, { tills, endsAtMs }, scanAgain)
  const lostTime = planLostTime(dice, { tills, endsAtMs }, scanAgain)
  return {
    tills,
    policy: dice.pick(['hold', 'honour', 'honour', 'refuse']),
    switches: {
      replaySame: dice.pick(['first-result', 'first-result', 'already-used']),
      alreadyUsedStatus: dice.pick([400, 403, 409]),
      underscored: dice.chance(0.5),
      validityBy: dice.pick(['server-time', 'use-time']),
      useTimeInReply: dice.pick(['seconds', 'milliseconds', 'unreadable']),
    },
    coupons,
    faults: dice.chance(0.5)
      ? exchangeFaults
      : [dice.pick(exchangeFaults), dice.pick(exchangeFaults)],
    faultRate: dice.pick([0, 0.05, 0.2, 0.5, 0.8]),
    events: [
      ...scans,
      ...doubles,
      ...troubles,
      ...hands,
      ...together,
      ...handOvers,
      ...lostTime,
    ].toSorted((one, other) => one.atMs - other.atMs),
    endsAtMs,
  }
}

function planCoupon(dice: Dice, endsAtMs: number): PlannedCoupon {
  const uploaded = dice.chance(0.2)
  return {
    code: `${uploaded ? 'UP' : ''}${dice.times(uploaded ? 10 : 22, () => dice.between(0, 9)).join('')}`,
    uploaded,
    discountFen: dice.between(1, 20_000),
    condition: dice.chance(0.7) ? 'valid' : dice.pick(badConditions),
    validForMs: dice.chance(0.85) ? endsAtMs + 30 * day : dice.between(0, endsAtMs),
  }
}

/** Two of these in a row are a settings fault by all that the till can know, and wait until another is confirmed. */
const likeSettings: readonly PlannedCoupon['condition'][] = ['foreign', 'odd', 'mismatched']

function atMostOneLikeSettings(coupons: readonly PlannedCoupon[]): PlannedCoupon[] {
  const isOne = ({ condition }: PlannedCoupon) => likeSettings.includes(condition)
  const first = coupons.find(isOne)
  return coupons.map((coupon) =>
    coupon !== first && isOne(coupon) ? { ...coupon, condition: 'valid' } : coupon,
  )
}

function planHand(dice: Dice): PlannedEvent {
  if (dice.chance(0.1)) return { kind: 'pause', ms: dice.between(second, 10 * minute) }
  return { kind: 'hand', action: dice.pick(handActions), pick: dice.between(0, 5) }
}

/** What one till has from another. */
function planTogether(dice: Dice, tills: number, endsAtMs: number): Plan['events'] {
  if (tills === 1) return []
  const somewhere = (event: PlannedEvent): Plan['events'][number] => ({
    atMs: dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event,
  })
  return [
    ...dice.times(dice.pick([0, 0, 3]), () => somewhere({ kind: 'peers' })),
    ...dice.times(dice.pick([0, 0, 1, 2]), () =>
      somewhere({ kind: 'hand-over', to: dice.between(1, tills - 1) }),
    ),
  ]
}

function planPayload(dice: Dice, coupons: readonly PlannedCoupon[]): string {
  if (dice.chance(0.04)) return `13${dice.times(16, () => dice.between(0, 9)).join('')}`
  if (dice.chance(0.02)) return '6901234567892'
  return dice.pick(coupons).code
}

function planTrouble(dice: Dice, long: boolean): PlannedEvent {
  const ms = dice.between(second, dice.pick([20 * second, 10 * minute, long ? 2 * day : hour]))
  switch (
    dice.pick([
      'crash',
      'crash',
      'crash',
      'outage',
      'outage',
      'settings',
      'clock',
      'disk',
      'quit',
      'nudge',
    ])
  ) {
    case 'crash':
      return {
        kind: 'crash',
        point: dice.pick(crashPoints),
        calls: dice.between(1, dice.pick([4, 12, 40])),
        downMs: dice.between(second, dice.pick([5 * second, 10 * minute])),
      }
    case 'outage':
      return { kind: 'outage', how: dice.pick(['no-name', 'black-hole']), ms }
    case 'settings':
      return { kind: 'settings', fault: dice.pick(settingsFaults), ms }
    case 'clock':
      return {
        kind: 'clock-step',
        byMs: dice.pick([-1, 1]) * dice.between(second, dice.pick([4 * minute, day, 400 * day])),
        mendedAfterMs: ms,
      }
    case 'disk':
      return { kind: 'disk-full', ms }
    case 'quit':
      return { kind: 'quit', downMs: ms }
    default:
      return { kind: dice.pick(['sync-now', 'network-hint']) }
  }
}
