import { expect, test } from 'vitest'
import { warningsOf } from '../../../main/desktop/quit-warnings.ts'
import { wordsHere } from '../../../main/words-here.ts'

const queue = { waiting: 0, review: 0, honouredFen: 0 }
const server = {
  state: 'running' as const,
  missing: new Array<string>(),
  isDiskLow: false,
  certificateUntil: 0,
}
const chain = { state: 'checked', isBehind: false, server: null } as const

function titles(of: { waiting?: number; isServer?: boolean; isAlone?: boolean }): string[] {
  const { waiting = 0, isServer = false, isAlone = false } = of
  return warningsOf({
    queue: { ...queue, waiting },
    chain: isAlone ? null : { ...chain, server: isServer ? server : null },
    language: 'en',
  }).map(({ title }) => title)
}

const { quit } = wordsHere('en').window

test('whoever closes the server of the shop is told what the other tills lose', () => {
  expect(titles({ isAlone: true })).toEqual([])
  expect(titles({})).toEqual([])
  expect(titles({ isServer: true })).toEqual([quit.serverTitle])
  expect(titles({ waiting: 2, isServer: true })).toEqual([
    quit.title.replace('{{count}}', '2'),
    quit.serverTitle,
  ])
})
