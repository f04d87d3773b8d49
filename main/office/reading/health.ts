import {
  healthProblems,
  type HealthProblem,
  type MemberHealth,
} from '../../contract/office-health.ts'
import type { HeardReport, Names } from './names.ts'

/** What is too much; from the rules of the alerts. */
export interface HealthLimits {
  readonly silentMs: number
  readonly certificateMs: number
  readonly clockMs: number
  readonly oldVersionMs: number
}

export interface HealthParts {
  readonly names: Names
  readonly limits: HealthLimits
  /** Epoch milliseconds. */
  readonly now: number
  /** When each version was first heard of. */
  readonly versions: ReadonlyMap<string, number>
  /** Honoured and open, by shop and till: `CODE KEY`. */
  readonly open: ReadonlyMap<string, number>
  /** Since when a member has a problem: `CODE KEY KIND`. */
  readonly since: ReadonlyMap<string, number>
}

export const serverId = 'server'
/** WeChat Pay refuses what is signed at a time this far off. */
const clockWrongMs = 5 * 60_000
/** Fewer are on their way whenever there is trade. */
const manyBehind = 200

/** Every till and every server that the shops report of. */
export function membersOf(parts: HealthParts): MemberHealth[] {
  const newest = newestVersion(parts.versions)
  const members: MemberHealth[] = []
  for (const { code, name } of parts.names.shops.values()) {
    const report = parts.names.reports.get(code)
    if (report === undefined) continue
    const found = [serverOf(report), ...tillsOf(report, parts, code)]
    for (const { isStopped, isDiskLow, ...member } of found) {
      const of = { ...member, shopId: code, shopName: name }
      const kinds = problemsOf({ ...of, isStopped, isDiskLow }, newest, parts)
      const problems = kinds.map((kind) => ({
        kind,
        since: parts.since.get(`${code} ${member.id} ${kind}`) ?? null,
      }))
      members.push({ ...of, problems })
    }
  }
  return members
}

/** The one that is greatest as numbers between dots; `null` where none is known. */
export function newestVersion(versions: ReadonlyMap<string, number>): string | null {
  const collator = new Intl.Collator('en', { numeric: true })
  return [...versions.keys()].toSorted((a, b) => collator.compare(b, a))[0] ?? null
}

interface Flags {
  readonly isStopped: boolean
  readonly isDiskLow: boolean
}
type Found = Omit<MemberHealth, 'shopId' | 'shopName' | 'problems'> & Flags

function serverOf({ heardAt, hubAt, said }: HeardReport): Found {
  return {
    part: 'server',
    id: serverId,
    name: said.shop,
    heardAt,
    behind: said.behind,
    version: said.version,
    certificateUntil: said.certificateUntil,
    clockAheadMs: said.at - hubAt,
    audit: 'unknown',
    open: 0,
    isStopped: false,
    isDiskLow: said.isDiskLow,
  }
}

function tillsOf({ heardAt, said }: HeardReport, { open }: HealthParts, code: string): Found[] {
  return said.tills.map(({ key, name, seenAt, report }) => ({
    part: 'till',
    id: key,
    name,
    // The shop's clock may be wrong; how long ago it was is not.
    heardAt: seenAt === null ? null : heardAt - (said.at - seenAt),
    behind: report?.behind ?? null,
    version: report?.version ?? null,
    certificateUntil: report?.certificateUntil ?? null,
    clockAheadMs: report?.clockOffsetMs ?? null,
    audit: auditOf(report?.isAuditIntact ?? null),
    open: open.get(`${code} ${key}`) ?? 0,
    isStopped: report?.isStopped ?? false,
    isDiskLow: false,
  }))
}

function auditOf(isIntact: boolean | null): MemberHealth['audit'] {
  if (isIntact === null) return 'unknown'
  return isIntact ? 'whole' : 'broken'
}

function problemsOf(
  member: Omit<MemberHealth, 'problems'> & Flags,
  newest: string | null,
  { limits, now, versions }: HealthParts,
): HealthProblem[] {
  const { certificateUntil, clockAheadMs, version } = member
  const left = certificateUntil === null ? Infinity : certificateUntil - now
  const offMs = Math.abs(clockAheadMs ?? 0)
  const newestSince = newest === null ? now : (versions.get(newest) ?? now)
  const found: Record<HealthProblem, boolean> = {
    'audit-broken': member.audit === 'broken',
    'certificate-expired': left <= 0,
    'clock-wrong': offMs >= clockWrongMs,
    silent: now - (member.heardAt ?? 0) >= limits.silentMs,
    stopped: member.isStopped,
    behind: (member.behind ?? 0) >= manyBehind,
    'disk-low': member.isDiskLow,
    'certificate-soon': left > 0 && left <= limits.certificateMs,
    'clock-drifts': offMs >= limits.clockMs && offMs < clockWrongMs,
    'old-version':
      version !== null && version !== newest && now - newestSince >= limits.oldVersionMs,
  }
  return healthProblems.filter((kind) => found[kind])
}
