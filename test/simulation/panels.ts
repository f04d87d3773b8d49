import type { CounterView, Verdict } from '../../main/contract/counter.ts'

/** What one till's counter showed from this moment on. */
export interface SeenCounter {
  readonly at: number
  readonly till: string
  readonly view: CounterView
  /** Whether the cashier had it before them. */
  readonly isInFront: boolean
}

/** One verdict of a panel, until the next one. */
export interface PanelVerdict {
  readonly at: number
  /** Position among the changes of all tills. */
  readonly index: number
  readonly isInFront: boolean
  readonly verdict: Verdict
}

/** One presentation over time. */
export interface Panel {
  readonly till: string
  readonly presentationNo: string
  readonly orderNo: string
  readonly codeTail: string
  /** When it was first shown. */
  readonly at: number
  readonly verdicts: PanelVerdict[]
}

/** Returns the panels in the order in which they were first shown. */
export function panelsOf(seen: readonly SeenCounter[]): readonly Panel[] {
  const panels = new Map<string, Panel>()
  const last = new Map<string, string>()
  for (const [index, { at, till, view, isInFront }] of seen.entries())
    for (const shown of [view.shown, ...view.others]) {
      if (shown === null) continue
      const { presentationNo, orderNo, codeTail, verdict } = shown
      const known = panels.get(presentationNo)
      const panel = known ?? { till, presentationNo, orderNo, codeTail, at, verdicts: [] }
      panels.set(presentationNo, panel)
      const text = JSON.stringify(verdict)
      if (verdict === null || last.get(presentationNo) === text) continue
      last.set(presentationNo, text)
      panel.verdicts.push({ at, index, isInFront, verdict })
    }
  return [...panels.values()]
}

export interface PanelChange extends PanelVerdict {
  readonly panel: Panel
  readonly before: Verdict | null
}

/** Returns all verdicts of all panels, in order. */
export function panelChanges(panels: readonly Panel[]): readonly PanelChange[] {
  return panels
    .flatMap((panel) =>
      panel.verdicts.map((shown, at) => ({
        ...shown,
        panel,
        before: panel.verdicts[at - 1]?.verdict ?? null,
      })),
    )
    .toSorted((one, other) => one.index - other.index)
}

export function numberOf(verdict: Verdict | null): string {
  return verdict?.redemption?.useRequestNo ?? ''
}

/** Whether a restart showed this verdict again from its file (after a restore, an earlier one). */
export function isToldAgain(
  restarts: readonly { readonly till: string; readonly at: number }[],
  { panel, at: toldAt }: PanelChange,
): boolean {
  return restarts.some(({ till, at }) => till === panel.till && at === toldAt)
}
