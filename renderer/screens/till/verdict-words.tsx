import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CounterView } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { useNow } from '../../components/use-now.ts'
import { formatSum } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { formatClock } from '../../format/time.ts'
import { givenWords } from './given-words.ts'
import { offlineLine } from './offline-line.ts'
import type { PanelContent } from './panel-content.ts'
import { useVerdictWords } from './use-verdict-words.ts'
import styles from './verdict-words.module.css'

interface VerdictWordsProps {
  readonly content: PanelContent
  readonly aside: CounterView['aside']
  readonly language: Language
  /** Leaves out the shop's own rule, which repeats the title. */
  readonly isBrief?: boolean
}

/** The panel's text, in the big window and in the small one. */
export function VerdictWords({ content, aside, language, isBrief = false }: VerdictWordsProps) {
  const { t } = useTranslation(['till', 'reasons'])
  return (
    <>
      <output aria-live="assertive" className={styles['announced']}>
        <Announced content={content} language={language} />
        {content.kind === 'verdict' && (
          <Sums content={content} language={language} isBrief={isBrief} />
        )}
      </output>
      {content.kind === 'aged' && <LastOne content={content} language={language} />}
      {aside !== null && (
        <p className={styles['aside']} data-testid="verdict-aside">
          {t('panel.aside', { what: t(`reasons:${aside}.cashier.title`) })}
        </p>
      )}
    </>
  )
}

interface PartProps {
  readonly content: PanelContent
  readonly language: Language
}

function Announced({ content, language }: PartProps) {
  const { t } = useTranslation(['till', 'reasons'])
  const wordsOf = useVerdictWords(language)
  switch (content.kind) {
    case 'idle':
    case 'aged':
      return <Lines title={t('idle.title')} action={t('idle.action')} />
    case 'reading': {
      const tail = content.tail === '' ? '' : `${t('recent.tail', { tail: content.tail })} · `
      return <Lines title={t('reading.title')} action={`${tail}${t('reading.action')}`} />
    }
    case 'fault':
      return <Lines title={t('fault.title')} action={t('fault.action')} />
    case 'verdict': {
      const { verdict } = content
      const words = wordsOf(verdict)
      return (
        <>
          <Lines {...words} />
          {verdict.isUnrecorded && (
            <p className={styles['unrecorded']} data-testid="verdict-unrecorded">
              <TriangleAlert aria-hidden size={24} />
              {t('panel.unrecorded')}
            </p>
          )}
          {verdict.shortFen !== null && (
            <p className={styles['short']} data-testid="verdict-short">
              {t('panel.short', { sum: formatSum(verdict.shortFen, language) })}
            </p>
          )}
        </>
      )
    }
  }
}

interface LinesProps {
  readonly title: string
  readonly sum?: string | null
  readonly order?: string | null
  readonly action: string
}

/** The longest title that fits one line at full size, in widths of a digit. */
const shortTitle = 24
const wideCharacters = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]/gu
/** Estimates the width in digits: a Chinese character is as wide as two, other characters a little wider than one. */
function widthOf(text: string): number {
  const wide = text.match(wideCharacters)?.length ?? 0
  return wide * 2 + (text.length - wide) * 1.2
}
/** The longest action that fits two lines at full size, in characters. */
const shortAction = 70

function Lines({ title, sum = null, order = null, action }: LinesProps) {
  const isLong = widthOf(`${title} ${sum ?? ''}`.trim()) > shortTitle
  return (
    <>
      <h2 className={styles['title']} data-long={isLong} data-testid="verdict-title">
        {title}
        {sum !== null && (
          <>
            {' '}
            <span data-testid="verdict-sum">{sum}</span>
          </>
        )}
      </h2>
      <p
        className={styles['action']}
        data-long={`${order ?? ''}${action}`.length > shortAction}
        data-testid="verdict-action"
      >
        {order !== null && (
          <strong className={styles['order']} data-testid="verdict-order">
            {order}
          </strong>
        )}
        {action}
      </p>
    </>
  )
}

type Told = Extract<PanelContent, { readonly verdict: unknown }>

/** Shows the sums and times behind a verdict. Whoever listens hears them with it. */
function Sums({
  content,
  language,
  isBrief,
}: {
  readonly content: Told
  readonly language: Language
  readonly isBrief: boolean
}) {
  const { t } = useTranslation('till')
  const given = givenWords(t, language).inFull(content.verdict, content.shown)
  const { reads } = content.shown
  const { payable, offline, redemption, shop, instruction } = content.verdict
  const stock = redemption?.stock
  const rule = offlineLine(content.verdict)
  return (
    <>
      {given !== null && (
        <p className={styles['given']} data-testid="verdict-given">
          {given}
        </p>
      )}
      {payable && (
        <p className={styles['payable']} data-testid="verdict-payable">
          <span className={styles['label']}>{t('detail.payable')}</span>{' '}
          {t('detail.payableSum', {
            pay: formatSum(payable.payFen, language),
            total: formatSum(payable.totalFen, language),
            deduct: formatSum(payable.deductFen, language),
          })}
        </p>
      )}
      {rule !== null && !(isBrief && offline?.limit === null) && (
        <p className={styles['line']} data-testid="verdict-offline">
          {t(`offline.${rule}`)}
        </p>
      )}
      {shop !== null && (
        <p className={styles['line']} data-testid="verdict-shop" data-standing={shop.kind}>
          {shop.kind === 'elsewhere'
            ? t(instruction === 'already-given' ? 'shop.both' : 'shop.elsewhere', {
                till: shop.tillId ?? '',
                time: shop.at === null ? '' : formatClock(shop.at, language),
              })
            : t(`shop.${shop.kind}`)}
        </p>
      )}
      {reads > 1 && (
        <p className={styles['given']} data-testid="verdict-reads">
          {t('panel.read', { count: reads })}
        </p>
      )}
      {/* Drawn among the coupon's details, which are not announced. */}
      {stock && (
        <span className="visually-hidden" data-testid="verdict-heard">
          {`${stock.name}, ${describeStock(stock, t, language)}`}
        </span>
      )}
    </>
  )
}

const minuteMs = 60_000
const hourMinutes = 60

/** Shows an earlier verdict in small type, so that nobody takes it for the coupon at hand. */
function LastOne({ content, language }: { readonly content: Told; readonly language: Language }) {
  const { t } = useTranslation('till')
  const wordsOf = useVerdictWords(language)
  const now = useNow()
  const { codeTail, at } = content.shown
  const minutes = Math.max(0, Math.floor((now - at) / minuteMs))
  const age =
    minutes === 0
      ? t('panel.now')
      : minutes < hourMinutes
        ? t('panel.minutes', { count: minutes })
        : t('panel.hours', { count: Math.floor(minutes / hourMinutes) })
  return (
    <p className={styles['last']} data-testid="verdict-last">
      {codeTail === '' ? t('panel.lastOther', { age }) : t('panel.last', { tail: codeTail, age })}
      {' · '}
      {wordsOf(content.verdict).told}
    </p>
  )
}
