import type { Language } from '../contract/language.ts'

/** Returns the language that a request asks for (`Accept-Language`, RFC 9110 12.5.4): zh-CN unless English comes first. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').flatMap((part, at) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const quality = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find(Boolean)
    const language: Language | null = /^zh\b/.test(range)
      ? 'zh-CN'
      : /^en\b/.test(range)
        ? 'en'
        : null
    return language === null ? [] : [{ language, quality: Number(quality ?? 1), at }]
  })
  const [first] = wanted.toSorted((one, other) => other.quality - one.quality || one.at - other.at)
  return first?.language ?? 'zh-CN'
}
