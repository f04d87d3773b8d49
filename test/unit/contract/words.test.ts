import { describe, expect, test } from 'vitest'
import { reasons } from '../../../main/contract/reason.ts'
import { sampleKinds } from '../../../main/contract/snapshot.ts'
import { platforms } from '../../../main/contract/platform.ts'
import { catalogues } from '../../../main/contract/words/index.ts'
import { keychainNames, wordsOn } from '../../../main/contract/words/on-platform.ts'

const words = wordsOn('linux')
const languages = ['zh-CN', 'en'] as const

/** Returns every key with its placeholders: `idle.title`, `stock.NORMAL {{discount}}`. */
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
  test('have the same keys and placeholders in both languages', () => {
    expect(keysOf(catalogues.en).toSorted()).toEqual(keysOf(catalogues['zh-CN']).toSorted())
  })

  test('are filled part by part, when they are read', () => {
    const { en } = wordsOn('win32')
    const isFilled = (part: keyof typeof en) =>
      Object.getOwnPropertyDescriptor(en, part)?.get === undefined
    expect(isFilled('setup')).toBe(false)
    expect(JSON.stringify(en.setup)).toContain(keychainNames.win32.en)
    expect(isFilled('setup')).toBe(true)
    expect(en.setup).toBe(en.setup)
    expect(isFilled('insights')).toBe(false)
  })

  test('have no empty text', () => {
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

  test('are in Chinese in zh-CN', () => {
    const chinese = /\p{Script=Han}/u
    expect(JSON.stringify(words.en.till.status)).not.toMatch(chinese)
    expect(JSON.stringify(words.en.reasons)).not.toMatch(chinese)
    for (const reason of reasons) expect(words['zh-CN'].reasons[reason].manager).toMatch(chinese)
  })
  test.each(languages)(
    'always use the same word for the supervisor and for the queue (%s)',
    (language) => {
      const others = {
        'zh-CN': /主管|经理|结算|联通|收银机|你|不要优惠|待办|尾号后/,
        en: /(?<!Credential )\bmanager\b/i,
      }
      expect(textsOf(words[language]).filter((text) => others[language].test(text))).toEqual([])
    },
  )
})

test('settings quote the counter with its own words, and no message has names of the API', () => {
  for (const language of languages) {
    expect(words[language].settings.shop.patienceHint).toContain('{{shown}}')
    const messages = textsOf(words[language].reasons)
    expect(messages.filter((text) => /coupons\/return|\bappid\b/u.test(text))).toEqual([])
  }
})

describe.each(platforms)('on %s', (platform) => {
  /** Every name of a keychain on any system; `gnome-keyring` is a package to install. */
  const anyName = /钥匙串|密钥环|凭据管理器|keychain|(?<!gnome-)keyring|credential manager/gi

  test.each(languages)('the keychain has the name that the system gives it (%s)', (language) => {
    const { setup, ...others } = wordsOn(platform)[language]
    const { keychain, ...ofSetup } = setup
    const remedies = [keychain.unavailable[platform], keychain.locked[platform]]
    const named = textsOf([others, ofSetup, remedies]).flatMap((text) => text.match(anyName) ?? [])
    const own = keychainNames[platform][language].toLowerCase()
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => name.toLowerCase() !== own)).toEqual([])
  })

  test('every placeholder for the name is filled, and no text has a fixed name', () => {
    expect(JSON.stringify(wordsOn(platform))).not.toContain('{{keychain}}')
    for (const language of languages) {
      const { setup, ...others } = catalogues[language]
      const { keychain: _remedies, ...ofSetup } = setup
      const texts = textsOf([others, ofSetup]).map((text) => text.replaceAll('{{keychain}}', ''))
      expect(texts.filter((text) => text.match(anyName))).toEqual([])
    }
  })
})
