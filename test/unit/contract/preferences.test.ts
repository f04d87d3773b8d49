import { expect, test } from 'vitest'
import { requests } from '../../../main/contract/api.ts'
import { initialPreferences, Preferences } from '../../../main/contract/preferences.ts'
import { needsOf } from '../../../main/contract/requests.ts'
import { AppSnapshot } from '../../../main/contract/snapshot.ts'

const initial: Record<string, unknown> = { ...initialPreferences, language: 'en' }
const change = requests['preferences.set']

test.each(Object.entries(Preferences.shape))(
  '%s is shown, kept and changed by what the list says of it',
  (name, schema) => {
    expect(AppSnapshot.shape).toHaveProperty(name, schema)
    const value = initial[name]
    expect(schema.safeParse(value).success).toBe(true)
    expect(change.input.parse({ [name]: value })).toEqual({ [name]: value })
    expect(needsOf(change, { [name]: value })).toHaveLength(1)
  },
)

test('a change contains only what is changed, and accepts no other fields', () => {
  expect(change.input.parse({})).toEqual({})
  expect(change.input.safeParse({ backup: null }).success).toBe(false)
  expect(change.input.safeParse({ theme: 'dark', colour: 'red' }).success).toBe(false)
})

test('changing two preferences at once needs the permissions of both', () => {
  expect(needsOf(change, { theme: 'dark', wrapping: initial['wrapping'] })).toEqual([
    'redeem',
    'set-scanner',
  ])
  expect(needsOf(change, { language: 'en' })).toEqual([null])
  // A preference without a decision is a bug in the list, not a permission.
  expect(() => needsOf(change, { colour: 'red' })).toThrow(/colour/)
})
