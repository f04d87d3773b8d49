import type { Platform } from '../platform.ts'
import type { Language } from '../language.ts'
import { catalogues } from './index.ts'

export type Words = typeof catalogues

/** What each platform calls the place where it keeps a program's secrets. */
export const keychainNames: Readonly<Record<Platform, Readonly<Record<Language, string>>>> = {
  win32: { 'zh-CN': '凭据管理器', en: 'Credential Manager' },
  darwin: { 'zh-CN': '钥匙串', en: 'Keychain' },
  linux: { 'zh-CN': '密钥环', en: 'keyring' },
}

const made = new Map<Platform, Words>()

/** Every word a person reads on this platform: its keychain goes by the name that people find on their screen. */
export function wordsOn(platform: Platform): Words {
  const names = keychainNames[platform]
  const words = made.get(platform) ?? {
    'zh-CN': filledWhenRead(catalogues['zh-CN'], names['zh-CN']),
    en: filledWhenRead(catalogues.en, names.en),
  }
  made.set(platform, words)
  return words
}

/** A start reads few of the parts, in one language, and filling all of them takes it tens of milliseconds on each thread. */
function filledWhenRead<T extends object>(catalogue: T, keychain: string): T {
  const words = Object.assign<object, T>({}, catalogue)
  for (const [name, part] of Object.entries(catalogue))
    Object.defineProperty(words, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = filled<object>(part, keychain)
        Object.defineProperty(words, name, { enumerable: true, value })
        return value
      },
    })
  return words
}

/** A copy of the texts with the keychain's name in its place. */
export function filled<T extends object>(node: T, keychain: string): T {
  const copy = Object.assign<object, T>(Array.isArray(node) ? [] : {}, node)
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string')
      Reflect.set(copy, key, value.replaceAll('{{keychain}}', keychain))
    else if (typeof value === 'object' && value !== null)
      Reflect.set(copy, key, filled(value, keychain))
  }
  return copy
}
