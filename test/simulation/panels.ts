import type { CounterView, Verdict } from '../../main/contract/counter.ts'

/** What stood at one till's counter, from one moment on. */
export interface SeenCounter {
  readonly at: number
  readonly till: string
  readonly view: CounterView
}

/** One thing that a panel said, until it said the next. */
export interface Said {
  readonly at: number
  /** Counts over all tills. */
  readonly index: number
  readonly verdict: Verdict
}

/** One presentation, as it was to be seen over time. */
export interface Panel {
  readonly till: string
  readonly presentationNo: string
  readonly orderNo: string
  readonly codeTail: string
  /** When it was first in sight. */
  readonly at: number
  readonly said: Said[]
}

/** Panels in the order in which they came into sight. */
export function panelsOf(seen: readonly SeenCounter[]): readonly Panel[] {
  const panels = new Map<string, Panel>()
  const last = new Map<string, string>()
  for (const [index, { at, till, view }] of seen.entries())
    for (const shown of [view.shown, ...view.others]) {
      if (shown === null) continue
      const { presentationNo, orderNo, codeTail, verdict } = shown
      const known = panels.get(presentationNo)
      const panel = known ?? { till, presentationNo, orderNo, codeTail, at, said: [] }
      panels.set(presentationNo, panel)
      const text = JSON.stringify(verdict)
      if (verdict === null || last.get(presentationNo) === text) continue
      last.set(presentationNo, text)
      panel.said.push({ at, index, verdict })
    }
  return [...panels.values()]
}

export interface Word extends Said {
  readonly panel: Panel
  readonly before: Verdict | null
}

/** All that was said, in its order. */
export function wordsOf(panels: readonly Panel[]): readonly Word[] {
  return panels
    .flatMap((panel) =>
      panel.said.map((said, at) => ({
        ...said,
        panel,
        before: panel.said[at - 1]?.verdict ?? null,
      })),
    )
    .toSorted((one, other) => one.index - other.index)
}

export function numberOf(verdict: Verdict | null): string {
  return verdict?.redemption?.useRequestNo ?? ''
}

/** A restart tells again what its file says was told last; after a restore that is of an earlier time. */
export function isToldAgain(
  restarts: readonly { readonly till: string; readonly at: number }[],
  { panel, at: toldAt }: Word,
): boolean {
  return restarts.some(({ till, at }) => till === panel.till && at === toldAt)
}
