import { numberOf, type Word } from './panels.ts'
import type { PlayedShop } from './shop.ts'

/** What is honoured without an answer and not decided never comes to more than the shop allows. */
export function checkHonoured({ plan, screen }: PlayedShop, words: readonly Word[]): string[] {
  const { limits } = plan.settings.offline
  const found: string[] = []
  const honoured = new Map<string, Honoured>()
  for (const { panel, verdict, at } of words) {
    const useRequestNo = numberOf(verdict)
    const { redemption } = verdict
    const { till } = panel
    // For another total it is not honoured any more, and the cashier is told so.
    if (verdict.instruction === 'not-yet') honoured.delete(`${till} ${useRequestNo}`)
    if (verdict.instruction !== 'give' || redemption?.state !== 'pending') continue
    // What nobody knows the value of counts as the dearest that there may be.
    const fen = redemption.stakeFen ?? limits.singleFen
    // Its price may be corrected by a total that is typed afterwards.
    const isNew = !honoured.has(`${till} ${useRequestNo}`)
    honoured.set(`${till} ${useRequestNo}`, { till, useRequestNo, fen })
    const open = [...honoured.values()].filter(
      (entry) => entry.till === till && isUndecided(entry, at),
    )
    const sum = open.reduce((fens, entry) => fens + entry.fen, 0)
    if (isNew && (open.length > limits.open || sum > limits.openFen))
      found.push(`${till} honours ${useRequestNo}: ${open.length} for ${sum} fen are open then`)
  }
  return found

  function isUndecided({ till, useRequestNo }: Honoured, at: number): boolean {
    const last = screen.rows.findLast(
      (row) => row.till === till && row.view.useRequestNo === useRequestNo && row.at <= at,
    )
    return last === undefined || ['pending', 'review', 'returning'].includes(last.view.state)
  }
}

interface Honoured {
  readonly till: string
  readonly useRequestNo: string
  readonly fen: number
}
