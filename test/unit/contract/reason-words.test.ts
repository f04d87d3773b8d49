import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { reasons } from '../../../main/contract/reason.ts'

const Words = z.strictObject({
  cashier: z.strictObject({ title: z.string().min(1), action: z.string().min(1) }),
  manager: z.string().min(1),
})

function readWords(language: string): Record<string, z.infer<typeof Words>> {
  const file = new URL(`../../../main/contract/words/${language}/reasons.json`, import.meta.url)
  return z.record(z.string(), Words).parse(JSON.parse(readFileSync(file, 'utf8')))
}

describe.each(['zh-CN', 'en'])('words for reasons in %s', (language) => {
  const words = readWords(language)

  test('exist for every reason, and for nothing else', () => {
    expect(Object.keys(words).toSorted()).toEqual([...reasons].toSorted())
  })

  test('have titles short enough to read from a metre away', () => {
    const limit = language === 'zh-CN' ? 10 : 24
    const tooLong = Object.values(words).filter(({ cashier }) => cashier.title.length > limit)
    expect(tooLong).toEqual([])
  })
})
