import type { CounterView, PresentationView } from '../contract/counter.ts'
import { formatSum } from '../contract/format.ts'
import type { Language } from '../contract/language.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { escaped } from '../reports/paper-page.ts'
import { wordsHere } from '../words-here.ts'

/** What a customer may see: coupons that counted, by their batch, and sums in fen. No code, no name, no fault. */
export interface CustomerView {
  readonly accepted: readonly { readonly name: string | null; readonly fen: number | null }[]
  readonly sumFen: number
  readonly totalFen: number | null
  readonly isPractice: boolean
}

/** Chosen one by one, so that nothing else of the till gets onto a customer's screen. */
export function customerView({
  counter,
  mode,
}: Pick<AppSnapshot, 'counter' | 'mode'>): CustomerView {
  const isPractice = mode === 'training'
  const { shown, order } = counter
  // The last customer has left. That nobody looks at the till, as while the POS takes the money, is no reason: they still pay.
  if (shown === null || order === null)
    return { accepted: [], sumFen: 0, totalFen: null, isPractice }
  return {
    accepted: presented(counter).flatMap(acceptedOf),
    sumFen: order.deductedFen,
    totalFen: order.totalFen,
    isPractice,
  }
}

/** Oldest first. */
function presented({ shown, others, order }: CounterView): PresentationView[] {
  const all = [...(shown === null ? [] : [shown]), ...others]
  return all.filter(({ orderNo }) => orderNo === order?.orderNo).toReversed()
}

function acceptedOf({ verdict }: PresentationView): CustomerView['accepted'] {
  if (verdict === null) return []
  const { instruction, deductFen, given, redemption } = verdict
  if (instruction !== 'give' && instruction !== 'already-given') return []
  return [{ name: redemption?.stock?.name ?? null, fen: deductFen ?? given?.fen ?? null }]
}

const languages: readonly Language[] = ['zh-CN', 'en']

type Word = keyof ReturnType<typeof wordsHere>['customer']

function both(word: Word): string {
  return languages
    .map(
      (language) =>
        `<span lang="${language}">${escaped(wordsHere(language).customer[word])}</span>`,
    )
    .join(' ')
}

function sum(fen: number): string {
  return escaped(formatSum(fen, 'zh-CN'))
}

/** The customer's screen as a document without scripts, in both languages. */
export function customerPage(view: CustomerView): string {
  const lines = view.accepted.map(
    ({ name, fen }) =>
      `<li><b>✓</b> <span>${name === null ? both('accepted') : escaped(name)}</span> ${fen === null ? '' : `<i>−${sum(fen)}</i>`}</li>`,
  )
  const { totalFen, sumFen } = view
  const sums = [
    ...(totalFen === null ? [] : [`<dt>${both('total')}</dt><dd>${sum(totalFen)}</dd>`]),
    ...(sumFen === 0 ? [] : [`<dt>${both('sum')}</dt><dd>−${sum(sumFen)}</dd>`]),
    ...(totalFen === null
      ? []
      : [
          `<dt class="last">${both('remains')}</dt><dd class="last">${sum(Math.max(0, totalFen - sumFen))}</dd>`,
        ]),
  ]
  const isIdle = lines.length === 0 && sums.length === 0
  const body = isIdle
    ? `<h1>${both('welcome')}</h1>`
    : `<ul>${lines.join('')}</ul><dl>${sums.join('')}</dl>`
  const practice = view.isPractice ? `<p>${both('practice')}</p>` : ''
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Hexiao Till</title><style>${style}</style></head><body>${practice}<main>${body}</main></body></html>`
}

const style = `
html,body{margin:0;height:100%;background:#0f1e17;color:#fff;font:4vmin/1.4 system-ui,"Noto Sans CJK SC",sans-serif;cursor:none}
body{display:flex;flex-direction:column}
main{flex:1;display:flex;flex-direction:column;justify-content:center;padding:6vmin;gap:5vmin}
p{margin:0;padding:1.5vmin;text-align:center;background:#7a4d00;font-size:3vmin}
h1{text-align:center;font-size:12vmin;font-weight:600}
[lang=en]{opacity:.75;font-size:.7em}
ul{list-style:none;margin:0;padding:0;font-size:6vmin}
li{display:flex;gap:3vmin;align-items:baseline}
li span{flex:1}
b{color:#4ade80}
i{font-style:normal}
dl{display:grid;grid-template-columns:1fr auto;gap:1vmin 4vmin;margin:0;font-size:6vmin}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
.last{font-size:10vmin;font-weight:700}
`
