import { expect, expectTypeOf, test } from 'vitest'
import { channelNames, events, requests } from '../../../main/contract/api.ts'
import { bindCalls, type TillBridge } from '../../../main/contract/till-bridge.ts'

const calls = bindCalls(channelNames, {
  call: (name) => () => `asks ${name}`,
  listen: (name) => () => `hears ${name}`,
})

/** Returns what each function does, by its path: `counter.setTotal` -> `asks counter.setTotal`. */
function functions(): Map<string, string> {
  return new Map(
    Object.entries(calls).flatMap(([group, within]) =>
      Object.entries(within).map(([name, run]): [string, string] => [`${group}.${name}`, run()]),
    ),
  )
}

test('each request of the list is one function, called by the name of its channel', () => {
  const found = functions()
  for (const name of Object.keys(requests)) expect(found.get(name)).toBe(`asks ${name}`)
})

test('each event of the list is one function: counter.onChanged listens to counter.changed', () => {
  const found = functions()
  for (const channel of Object.keys(events)) {
    const [group, name = ''] = channel.split('.')
    expect(found.get(`${group}.on${name.slice(0, 1).toUpperCase()}${name.slice(1)}`)).toBe(
      `hears ${channel}`,
    )
  }
})

test('there are no other functions, no two share a path, and none can be replaced', () => {
  expect(functions().size).toBe(Object.keys(requests).length + Object.keys(events).length)
  expect(Object.isFrozen(calls)).toBe(true)
  for (const group of Object.values(calls)) expect(Object.isFrozen(group)).toBe(true)
})

test('the type has the functions that the page gets', () => {
  expectTypeOf<TillBridge['counter']['setTotal']>().parameter(0).toEqualTypeOf<{
    totalFen: number | null
  }>()
  expectTypeOf<keyof TillBridge['scanner']>().toEqualTypeOf<'ports' | 'onRead'>()
  expectTypeOf<TillBridge['counter']['onChanged']>().returns.toEqualTypeOf<() => void>()
})
