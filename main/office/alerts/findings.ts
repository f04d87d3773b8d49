import { beijingMs, dayMs, hourMs, startOfDay, beijingDay } from '../../contract/beijing-day.ts'
import type { AlertKind, AlertRule } from '../../contract/office-alerts.ts'
import type { HealthProblem, MemberHealth } from '../../contract/office-health.ts'

/** What a rule found, about a till, a shop or the whole chain. */
export interface Finding {
  readonly kind: AlertKind
  /** What it is about; the same as long as it is the same. */
  readonly subject: string
  readonly shopId: string | null
  readonly shopName: string | null
  readonly tillId: string | null
  readonly tillName: string | null
  /** In the unit of the rule's limit. */
  readonly value: number | null
}

/** What of a shop is counted. */
export interface ShopCounts {
  readonly shopId: string
  readonly shopName: string
  /** Today. */
  readonly lossFen: number
  /** Today: coupons of this shop whose discount another shop gave as well. */
  readonly doubles: number
  /** Coupons that were decided in this hour, and how many of them were refused. */
  readonly decided: number
  readonly refused: number
  /** Honoured, and open for longer than a day. */
  readonly open: number
}

export interface Watched {
  readonly members: readonly MemberHealth[]
  readonly shops: readonly ShopCounts[]
  /** Since when the hub is not reached; `null`: it is. */
  readonly hubAwaySince: number | null
  /** Epoch milliseconds. */
  readonly now: number
}

/** Fewer say nothing about a share of them. */
const leastDecided = 20
const minuteMs = 60_000

/** Which problem of a member a rule is about. */
const problemOfRule: Partial<Record<AlertKind, readonly HealthProblem[]>> = {
  'audit-broken': ['audit-broken'],
  stopped: ['stopped'],
  certificate: ['certificate-expired', 'certificate-soon'],
  clock: ['clock-wrong', 'clock-drifts'],
  disk: ['disk-low'],
  'old-version': ['old-version'],
}

const countOfShop = {
  losses: ({ lossFen }) => lossFen,
  doubles: ({ doubles }) => doubles,
  refusals: ({ decided, refused }) =>
    decided < leastDecided ? 0 : Math.round((100 * refused) / decided),
  open: ({ open }) => open,
} satisfies Partial<Record<AlertKind, (shop: ShopCounts) => number>>

/** Returns everything that this rule finds, whatever the hour. */
export function findingsOf(rule: AlertRule, watched: Watched): Finding[] {
  const { kind, limit } = rule
  const { now } = watched
  switch (kind) {
    case 'losses':
    case 'doubles':
    case 'refusals':
    case 'open':
      return watched.shops.flatMap((shop) => {
        const value = countOfShop[kind](shop)
        return value > 0 && value >= limit ? [ofShop(kind, shop, value)] : []
      })
    case 'hub': {
      const awayMs = watched.hubAwaySince === null ? -1 : now - watched.hubAwaySince
      if (awayMs < limit * minuteMs) return []
      const whole = { shopId: null, shopName: null, tillId: null, tillName: null }
      return [{ kind, subject: '', ...whole, value: Math.floor(awayMs / minuteMs) }]
    }
    case 'silent': {
      const isSilent = (member: MemberHealth): boolean =>
        silentMs(rule, member, now) >= limit * minuteMs
      const { members } = watched
      const cutOff = new Set(
        members
          .filter((member) => member.part === 'server' && isSilent(member))
          .map(({ shopId }) => shopId),
      )
      // A shop that is cut off is one alert, and not one for each of its tills.
      return members
        .filter(
          (member) => isSilent(member) && (member.part === 'server' || !cutOff.has(member.shopId)),
        )
        .map((member) => ofMember(kind, member, Math.floor(silentMs(rule, member, now) / minuteMs)))
    }
    case 'behind':
      return watched.members.flatMap((member) => {
        const since = member.problems.find((problem) => problem.kind === 'behind')?.since ?? null
        if (since === null || now - since < limit * minuteMs) return []
        return [ofMember(kind, member, Math.floor((now - since) / minuteMs))]
      })
    default: {
      const problems = problemOfRule[kind] ?? []
      return watched.members
        .filter((member) => member.problems.some((problem) => problems.includes(problem.kind)))
        .map((member) => ofMember(kind, member, valueOf(kind, member, now)))
    }
  }
}

/** Whether the rule opens alerts now. */
export function isInHours({ hours }: AlertRule, now: number): boolean {
  if (hours === null) return true
  const hour = Math.floor(((now + beijingMs) % dayMs) / hourMs)
  const { from, until } = hours
  return from < until ? hour >= from && hour < until : hour >= from || hour < until
}

/** A till that is off over night is not silent when the shop opens. */
function silentMs(rule: AlertRule, { heardAt }: MemberHealth, now: number): number {
  return now - Math.max(heardAt ?? 0, openedAt(rule, now))
}

/** When the present hours of the rule began; 0 where it has none. */
function openedAt({ hours }: AlertRule, now: number): number {
  if (hours === null) return 0
  const today = startOfDay(beijingDay(now)) + hours.from * hourMs
  return today <= now ? today : today - dayMs
}

function valueOf(kind: AlertKind, member: MemberHealth, now: number): number | null {
  if (kind === 'certificate' && member.certificateUntil !== null)
    return Math.max(0, Math.floor((member.certificateUntil - now) / dayMs))
  if (kind === 'clock') return Math.round(Math.abs(member.clockAheadMs ?? 0) / 1000)
  return null
}

function ofShop(kind: AlertKind, { shopId, shopName }: ShopCounts, value: number): Finding {
  return { kind, subject: shopId, shopId, shopName, tillId: null, tillName: null, value }
}

function ofMember(kind: AlertKind, member: MemberHealth, value: number | null): Finding {
  const { shopId, shopName, part, id, name } = member
  const isTill = part === 'till'
  return {
    kind,
    subject: `${shopId} ${id}`,
    shopId,
    shopName,
    tillId: isTill ? id : null,
    tillName: isTill ? name : null,
    value,
  }
}
