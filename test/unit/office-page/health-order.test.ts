import { expect, test } from 'vitest'
import type { MemberHealth } from '../../../main/contract/office-health.ts'
import { byUrgency } from '../../../renderer/office/health/health-order.ts'
import { seededHealth } from '../../support/seeded-chain.ts'

function member(name: string, problems: MemberHealth['problems']): MemberHealth {
  const [some] = seededHealth(0)
  if (some === undefined) throw new Error('no till was made up')
  return { ...some, shopName: 'A', name, problems }
}

test('the worst problem comes first, then the one that has lasted longest, then what is fine', () => {
  const members = [
    member('fine', []),
    member('old', [{ kind: 'old-version', since: 1 }]),
    member('a silent since noon', [{ kind: 'silent', since: 200 }]),
    member('b silent since morning', [{ kind: 'silent', since: 100 }]),
    member('changed', [
      { kind: 'old-version', since: 1 },
      { kind: 'audit-broken', since: 300 },
    ]),
  ]
  expect(members.toSorted(byUrgency).map(({ name }) => name)).toEqual([
    'changed',
    'b silent since morning',
    'a silent since noon',
    'old',
    'fine',
  ])
})
