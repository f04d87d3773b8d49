import { expect, test } from 'vitest'
import { channelNames } from '../../../main/contract/api.ts'
import { alertKinds, limitUnits, usualRules } from '../../../main/contract/office-rules.ts'
import {
  type OfficeEventName,
  officeEvents,
  type OfficeRequestName,
  officeRequests,
} from '../../../main/contract/office-requests.ts'
import { healthProblems, urgentProblems } from '../../../main/contract/office-health.ts'
import { mayInOffice } from '../../../main/contract/office-roles.ts'
import type { OfficeReader } from '../../../main/contract/office-reader.ts'
import { AlertRule } from '../../../main/contract/office-alerts.ts'

// One name is one call: the page of the one could otherwise be answered by the other.
test('no call of the head office has the name of one of the till', () => {
  const tills: readonly string[] = [...channelNames.requests, ...channelNames.events]
  const own = [...Object.keys(officeRequests), ...Object.keys(officeEvents)]
  expect(own.filter((name) => tills.includes(name))).toEqual([])
})

test('without a person nothing of the chain is told', () => {
  const open = Object.entries(officeRequests).flatMap(([name, { needs }]) =>
    needs === null ? [name] : [],
  )
  expect(open).toEqual([
    'office.snapshot',
    'office.prefer',
    'entry.signIn',
    'entry.signOut',
    'entry.touch',
    'people.begin',
  ])
})

test('a viewer sees no single redemption, and only an owner sets anything up', () => {
  expect(mayInOffice('viewer', officeRequests['figures.overview'].needs)).toBe(true)
  expect(mayInOffice('viewer', officeRequests['figures.life'].needs)).toBe(false)
  expect(mayInOffice('manager', officeRequests['figures.life'].needs)).toBe(true)
  expect(mayInOffice('manager', officeRequests['people.save'].needs)).toBe(false)
  expect(mayInOffice('owner', officeRequests['people.save'].needs)).toBe(true)
})

test('each kind of alert has a rule that fits, and a limit where it counts something', () => {
  expect(usualRules.map(({ kind }) => kind)).toEqual(alertKinds)
  for (const rule of usualRules) {
    expect(AlertRule.safeParse(rule).success).toBe(true)
    expect(rule.limit > 0).toBe(limitUnits[rule.kind] !== null)
  }
})

test('a redemption that is not in the copy is told as such', async () => {
  const reader: Pick<OfficeReader, 'life'> = { life: async () => null }
  const name: OfficeRequestName = 'figures.life'
  const answer = officeRequests[name].output.safeParse(await reader.life('x'))
  expect(answer).toEqual({ success: true, data: null })
})

test('what needs a person today comes before what does not', () => {
  expect(urgentProblems).toEqual(healthProblems.slice(0, urgentProblems.length))
  expect(urgentProblems).toContain('behind')
  expect(urgentProblems).not.toContain('disk-low')
  const event: OfficeEventName = 'office.changed'
  expect(officeEvents).toHaveProperty([event])
})
