import type { CodeRules } from '../../../main/redemption/coupon-code.ts'
import type { OfflineMode, OfflinePolicy } from '../../../main/redemption/offline-policy.ts'
import { type Caps, defaultCaps } from '../../../main/redemption/settle.ts'
import type { Dice } from '../dice.ts'
import type { PlannedBatch } from './batches.ts'
import { hour, minute, second } from './time.ts'

/** Where the API's documents leave something open, each possibility is played (wechat-pay.md, open questions). */
export interface Switches {
  readonly replaySame: 'first-result' | 'already-used'
  readonly replayReturn: 'first-result' | 'refused'
  readonly checksFirst: 'number' | 'validity'
  readonly alreadyUsedStatus: 400 | 403 | 409
  readonly underscored: boolean
  readonly errorsSigned: boolean
  readonly validityBy: 'server-time' | 'use-time'
  readonly useTimeInReply: 'seconds' | 'milliseconds' | 'unreadable'
  /** The error for a coupon that is DELETED or DEACTIVATED. */
  readonly takenAs: 'RULE_LIMIT' | 'RESOURCE_NOT_EXISTS' | 'INVALID_REQUEST'
  /** The error for a return that is not possible. */
  readonly returnRefusedAs: 'INVALID_REQUEST' | 'RESOURCE_ALREADY_EXISTS' | 'RULE_LIMIT'
}

export function planSwitches(dice: Dice): Switches {
  return {
    replaySame: dice.pick(['first-result', 'first-result', 'already-used']),
    replayReturn: dice.pick(['first-result', 'refused']),
    checksFirst: dice.pick(['number', 'number', 'validity']),
    alreadyUsedStatus: dice.pick([400, 403, 409]),
    underscored: dice.chance(0.5),
    errorsSigned: dice.chance(0.5),
    validityBy: dice.pick(['server-time', 'use-time']),
    useTimeInReply: dice.pick(['seconds', 'milliseconds', 'unreadable']),
    takenAs: dice.pick(['RULE_LIMIT', 'RESOURCE_NOT_EXISTS', 'INVALID_REQUEST']),
    returnRefusedAs: dice.pick(['INVALID_REQUEST', 'RESOURCE_ALREADY_EXISTS', 'RULE_LIMIT']),
  }
}

/** How the shop has set its tills. */
export interface PlannedSettings {
  readonly offline: OfflinePolicy
  /** The batch named as the shop's only one, rightly or wrongly. */
  readonly onlyStockId: string | null
  readonly codeRules: CodeRules
  readonly caps: Caps
  /** How long an unanswered coupon is held for its customer, ms. */
  readonly holdMs: number
}

export function planSettings(dice: Dice, batches: readonly PlannedBatch[]): PlannedSettings {
  const mode = dice.pick<OfflineMode>(['hold', 'honour', 'honour', 'refuse'])
  // A batch must be named to be honoured: the shop names those that it thought of.
  const byStock = batches.map(({ stockId }) => [
    stockId,
    dice.chance(0.85) ? mode : dice.pick<OfflineMode>(['hold', 'honour', 'refuse']),
  ])
  return {
    offline: {
      mode,
      byStock: Object.fromEntries(byStock),
      limits: {
        open: dice.pick([1, 3, 3, 10]),
        openFen: dice.pick([10_000, 30_000, 100_000]),
        singleFen: dice.pick([5000, 15_000, 50_000]),
        oldestMs: hour,
        sinceContactMs: 4 * hour,
      },
    },
    onlyStockId: dice.chance(0.3) ? planOnlyStock(dice, batches) : null,
    codeRules: rulesOf(batches),
    caps: dice.chance(0.2)
      ? defaultCaps
      : { undecidedAttempts: dice.between(10, 40), waitedMs: dice.between(1, 24) * hour },
    holdMs: dice.pick([30 * second, 2 * minute, 10 * minute, 10 * minute]),
  }
}

/** A shop with one batch names it as its only one; with more, it was named when there was one. */
function planOnlyStock(dice: Dice, batches: readonly PlannedBatch[]): string | null {
  return dice.chance(0.2) ? 'stock-gone' : dice.pick(batches).stockId
}

function rulesOf(batches: readonly PlannedBatch[]): CodeRules {
  const shapes = batches.flatMap(({ shape, stockId }) => (shape ? [{ ...shape, stockId }] : []))
  return {
    merchantCodes: shapes.flatMap(({ setting, pattern, stockId }) => {
      if (setting === 'none') return []
      const named = { pattern, stockId }
      return setting === 'named' ? [named] : [{ pattern, stockId: 'stock-over' }, named]
    }),
  }
}
