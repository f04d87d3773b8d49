import { type RefObject, useRef } from 'react'
import { isDialogOpen, useKeys } from '../components/use-keys.ts'

/** Part of a page that stays in sight, so that nothing is skipped. */
const overlap = 0.1

/** For the element around a screen: Page Up, Page Down, Home and End scroll it wherever the focus is, except in a field. */
export function useScrollKeys(isOn: boolean): RefObject<HTMLElement | null> {
  const around = useRef<HTMLElement>(null)
  useKeys(({ code, target, ctrlKey, altKey, shiftKey, metaKey }) => {
    const scroller = around.current && scrollerIn(around.current)
    const isPlain = !ctrlKey && !altKey && !shiftKey && !metaKey
    if (!isOn || !scroller || !isPlain || isDialogOpen() || hasOwnKeys(target)) return false
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const page = clientHeight * (1 - overlap)
    // By the position of the key: with Num Lock off, a scanner's digits are such keys too.
    const tops: Readonly<Record<string, number>> = {
      PageDown: scrollTop + page,
      PageUp: scrollTop - page,
      End: scrollHeight,
      Home: 0,
    }
    const top = tops[code]
    if (top === undefined) return false
    scroller.scrollTop = top
    return true
  })
  return around
}

/** The outermost element that can be scrolled. */
function scrollerIn(element: HTMLElement): HTMLElement | null {
  if (scrolls(element)) return element
  return [...element.querySelectorAll<HTMLElement>('*')].find(scrolls) ?? null
}

function scrolls(element: HTMLElement): boolean {
  const { scrollHeight, clientHeight } = element
  return scrollHeight > clientHeight && /auto|scroll/u.test(getComputedStyle(element).overflowY)
}

function hasOwnKeys(target: EventTarget | null): boolean {
  const own = 'input, textarea, [role=textbox], [role=listbox], [role=radiogroup], [role=tablist]'
  return target instanceof Element && target.closest(own) !== null
}
