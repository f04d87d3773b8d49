import { byLineOf } from '../contract/by-line.ts'
import { formatDateTime, formatFen } from '../contract/format.ts'
import type { HistoryDetail, TimelineStep } from '../contract/history.ts'
import type { Language } from '../contract/language.ts'
import { type Fact, givenText, type PaperText } from '../contract/paper-text.ts'
import type { RedemptionView } from '../contract/redemption-view.ts'
import type { Words } from '../contract/words/on-platform.ts'

type SlipWords = Pick<Words[Language], 'paper' | 'history' | 'till' | 'reasons'>

interface Say {
  readonly words: SlipWords
  readonly language: Language
}

/** Returns one redemption and everything that happened to it in words, to be printed at `at`. */
export function redemptionSlip(
  { redemption, totalFen, returnRequestNo, timeline }: HistoryDetail,
  at: number,
  words: SlipWords,
  language: Language,
): PaperText {
  const { paper, history, till } = words
  const { slip } = paper
  const say = { words, language }
  const { useRequestNo, codeTail, stock, stockId, recordedAt, settledAt } = redemption
  const { cashier, source, resolution, state, excessFen } = redemption
  const time = (instant: number): string => formatDateTime(instant, language)
  const facts: readonly (readonly [key: keyof typeof history.fact, value: string | null])[] = [
    ['requestNo', useRequestNo],
    ['code', codeTail],
    ['stock', stock?.name ?? null],
    ['stockId', stockId ?? null],
    ['recorded', time(recordedAt)],
    ['settled', settledAt === null ? null : time(settledAt)],
    ['cashier', cashier ?? null],
    ['source', history.source[source]],
    ['total', totalFen === null ? null : formatFen(totalFen, language)],
    ['excess', excessFen == null ? null : formatFen(excessFen, language)],
    ['resolution', resolution ? history.resolution[resolution] : null],
    ['returnNo', returnRequestNo],
  ]
  const head = facts.flatMap(([key, value]): Fact[] =>
    value === null ? [] : [{ key, name: history.fact[key], value }],
  )
  return {
    title: slip.title,
    head: [
      ...head,
      { key: 'deducted', name: slip.deducted, value: givenOf(redemption, say) },
      { key: 'printedAt', name: slip.printedAt, value: time(at) },
    ],
    total: till.state[state],
    isCode: false,
    remarks: [],
    sections: [
      {
        kind: 'lines',
        key: 'timeline',
        heading: history.timeline.title,
        lines: timeline.map((step) => ({ at: time(step.at), text: stepText(step, say) })),
        rest: null,
      },
    ],
    signatures: [paper.sign.handled],
  }
}

function givenOf({ given, honoured, honouredValueFen }: RedemptionView, say: Say): string {
  const { paper } = say.words
  if (given === null && !honoured) return paper.slip.notGiven
  const fen = given?.fen ?? honouredValueFen ?? null
  return givenText(fen === null ? { fen: 0, unknown: 1 } : { fen, unknown: 0 }, paper, say.language)
}

function stepText(step: TimelineStep, { words, language }: Say): string {
  const { history, till, reasons } = words
  const events: Readonly<Record<string, string>> = history.event
  const hows: Readonly<Record<string, string>> = history.how
  const { told, how, status, code, message, requestId, remark } = step
  const { name, why, reason } = byLineOf(step)
  const because = reason === null ? why : reasons[reason].cashier.title
  const said = told && [
    till.sound[told.instruction],
    told.deductFen === null ? '' : formatFen(told.deductFen, language),
    reasons[told.reason].cashier.title,
  ]
  const reply = [status, code, message].filter((part) => part !== null && part !== '')
  return [
    events[step.event] ?? step.event,
    how === null ? '' : (hows[how] ?? ''),
    ...(said ?? []),
    [name, because].filter((part) => part !== null && part !== '').join(': '),
    reply.join(' '),
    requestId === null ? '' : `Request-ID ${requestId}`,
    remark === null ? '' : history.remark[remark],
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
