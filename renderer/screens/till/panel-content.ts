import type {
  CounterView,
  Instruction,
  PresentationView,
  Verdict,
} from '../../../main/contract/counter.ts'
import type { PageState } from './use-counter.ts'

/** What the panel shows. It comes from the main process, except for the first moment of a scan and a failed request. */
export type PanelContent =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly tail: string }
  | { readonly kind: 'fault' }
  | {
      readonly kind: 'verdict' | 'aged'
      readonly shown: PresentationView
      readonly verdict: Verdict
    }

export function contentOf({ shown }: CounterView, page: PageState | null): PanelContent {
  if (page) return page
  if (!shown) return { kind: 'idle' }
  const { verdict, isAged, codeTail } = shown
  if (!verdict) return { kind: 'reading', tail: codeTail }
  return { kind: isAged ? 'aged' : 'verdict', shown, verdict }
}

/** Returns whether the panel neither shows nor asks anything, so that the keys act on the list of open coupons. */
export function isPanelFree(content: PanelContent): boolean {
  return (
    content.kind === 'idle' || (content.kind === 'aged' && content.verdict.choices.length === 0)
  )
}

/** Returns data attributes for styles and tests: what is shown, and of which verdict. */
export function dataAttributesOf(
  content: PanelContent,
): Readonly<Record<`data-${string}`, string>> {
  switch (content.kind) {
    case 'idle':
      return { 'data-tone': 'idle', 'data-reason': 'idle', 'data-aged': 'false' }
    case 'reading':
      return { 'data-tone': 'busy', 'data-reason': 'reading', 'data-aged': 'false' }
    case 'fault':
      return {
        'data-tone': 'red',
        'data-reason': 'fault',
        'data-instruction': 'do-not-give',
        'data-aged': 'false',
      }
    case 'aged':
    case 'verdict': {
      const isAged = content.kind === 'aged'
      return {
        'data-tone': isAged ? 'idle' : content.verdict.tone,
        'data-reason': content.verdict.reason,
        'data-instruction': content.verdict.instruction,
        'data-aged': String(isAged),
      }
    }
  }
}

/** The panel's icon and shape: the same for everything that asks the same of the cashier. */
export type PanelLook = Instruction | 'idle' | 'busy'

export function lookOf(content: PanelContent): PanelLook {
  switch (content.kind) {
    case 'idle':
    case 'aged':
      return 'idle'
    case 'reading':
      return 'busy'
    case 'fault':
      return 'do-not-give'
    case 'verdict':
      return content.verdict.instruction
  }
}

/** Identifies what a person is asked about. When it changes, a question asked before is no longer valid. */
export function subjectOf({ shown, verdict }: Extract<PanelContent, { verdict: Verdict }>): string {
  const { redemption } = verdict
  return JSON.stringify([
    shown.presentationNo,
    redemption?.useRequestNo,
    redemption?.stock,
    redemption?.payable,
    redemption?.honouredValueFen,
  ])
}
