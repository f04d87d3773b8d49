import { describe, expect, test } from 'vitest'
import { reasons } from '../../../main/contract/reason.ts'
import { sampleKinds } from '../../../main/contract/snapshot.ts'
import { words } from '../../../main/contract/words/index.ts'

/** Every key with its placeholders: `idle.title`, `stock.NORMAL {{discount}}`. */
function keysOf(node: unknown, at = ''): string[] {
  if (typeof node === 'string') {
    const placeholders = [...new Set(node.match(/\{\{\w+\}\}/g))].toSorted()
    return [[at, ...placeholders].join(' ')]
  }
  if (typeof node !== 'object' || node === null) throw new Error(`${at} is neither text nor object`)
  return Object.entries(node).flatMap(([key, value]) => keysOf(value, at ? `${at}.${key}` : key))
}

function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node]
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsOf) : []
}

describe('catalogues', () => {
  test('say the same things in both languages, with the same placeholders', () => {
    expect(keysOf(words.en).toSorted()).toEqual(keysOf(words['zh-CN']).toSorted())
  })

  test('leave nothing empty', () => {
    const empty = textsOf(words).filter((text) => text.trim() === '')
    expect(empty).toEqual([])
  })

  test.each(reasons)('have words for the reason %s', (reason) => {
    for (const language of [words['zh-CN'], words.en]) {
      expect(language.reasons[reason].cashier.title).not.toBe('')
      expect(language.reasons[reason].cashier.action).not.toBe('')
      expect(language.reasons[reason].manager).not.toBe('')
    }
  })

  test.each(sampleKinds)('have words for the sample %s', (kind) => {
    expect(words['zh-CN'].training.sample[kind]).not.toBe(words.en.training.sample[kind])
  })

  test('speak Chinese in zh-CN', () => {
    const chinese = /\p{Script=Han}/u
    expect(JSON.stringify(words.en.till.status)).not.toMatch(chinese)
    expect(JSON.stringify(words.en.reasons)).not.toMatch(chinese)
    for (const reason of reasons) expect(words['zh-CN'].reasons[reason].manager).toMatch(chinese)
  })
})
