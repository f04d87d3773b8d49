import type { TFunction } from 'i18next'
import type { PresentationView, Verdict } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { agoOf } from '../../format/ago.ts'
import { formatSum } from '../../format/money.ts'
import { formatClock } from '../../format/time.ts'

type Told = Pick<Verdict, 'given' | 'reason' | 'at'>

/** Given at another till of the shop, and not by a person here. */
const atOtherTill: ReadonlySet<Verdict['reason']> = new Set([
  'redeemed-at-other-till',
  'honoured-at-other-till',
])

/** So long after a discount its customer may still stand at the counter, or come back with a question. */
const justGivenMs = 3_600_000

/** Whether the discount was given so shortly before that a second scan of the coupon may be the same customer's. */
export function isJustGiven({ given, at, reason }: Told): boolean {
  if (given === null || atOtherTill.has(reason)) return false
  return at >= given.at && at - given.at < justGivenMs
}

/** Returns the words for an earlier discount: how long ago when this verdict came, who gave it, and how much it was. */
export function givenWords(
  t: TFunction,
  language: Language,
): {
  readonly inFull: (told: Told, shown: Pick<PresentationView, 'cashier'>) => string | null
  /** For afterwards, when "11 s ago" is no longer true. */
  readonly inShort: (told: Told) => string | null
} {
  function whenOf({ at }: NonNullable<Verdict['given']>, now: number): string {
    const ago = agoOf(at, now, language)
    switch (ago.unit) {
      case 'now':
        return t('panel.given.now')
      case 'seconds':
      case 'minutes':
        return t(`panel.given.${ago.unit}`, { count: ago.count })
      case 'clock':
        return t('panel.given.clock', { time: ago.time })
    }
  }

  function whoOf(by: string | null, { reason }: Told, cashier: string | null): string {
    if (by === null) return ''
    if (atOtherTill.has(reason)) return t('panel.givenBy.till', { name: by })
    return by === cashier ? t('panel.givenBy.you') : t('panel.givenBy.name', { name: by })
  }

  return {
    inFull(told, { cashier }) {
      const { given, at } = told
      if (given === null) return null
      const sum =
        given.fen === null ? '' : ` · ${t('sum.off', { sum: formatSum(given.fen, language) })}`
      return `${whenOf(given, at)}${whoOf(given.by, told, cashier)}${sum}`
    },
    inShort: ({ given }) => given && t('told.again', { time: formatClock(given.at, language) }),
  }
}
