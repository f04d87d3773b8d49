import {
  healthProblems,
  type MemberHealth,
  urgentProblems,
} from '../../../main/contract/office-health.ts'

/** Puts first what a person has to do something about first: the worst problem, then the one that has lasted longest. */
export function byUrgency(a: MemberHealth, b: MemberHealth): number {
  return (
    rankOf(a) - rankOf(b) ||
    sinceOf(a) - sinceOf(b) ||
    a.shopName.localeCompare(b.shopName, 'zh-CN') ||
    a.name.localeCompare(b.name, 'zh-CN')
  )
}

/** Whether somebody has to do something about it today. */
export function isUrgent({ problems }: MemberHealth): boolean {
  return problems.some(({ kind }) => urgentProblems.includes(kind))
}

function rankOf({ problems }: MemberHealth): number {
  return Math.min(
    ...problems.map(({ kind }) => healthProblems.indexOf(kind)),
    healthProblems.length,
  )
}

function sinceOf({ problems }: MemberHealth): number {
  return Math.min(...problems.map(({ since }) => since ?? Infinity), Number.MAX_SAFE_INTEGER)
}
