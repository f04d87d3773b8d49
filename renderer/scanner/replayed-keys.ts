import type { KeyStroke } from './key-stroke.ts'

const replayed = new WeakSet<Event>()

/** Whether a person pressed this key: an event of the system, or one that `replayKey` made of it. */
export function isPersonsKey(event: KeyboardEvent): boolean {
  return event.isTrusted || replayed.has(event)
}

/** Gives the page a key that was withheld, as if it were pressed and lifted now. */
export function replayKey(page: Document, stroke: KeyStroke): void {
  const target = page.activeElement ?? page.body
  const isFree = dispatch(target, 'keydown', stroke)
  dispatch(target, 'keyup', stroke)
  // The browser presses a button for its own events alone.
  if (isFree && target instanceof HTMLElement && isPressedBy(target, stroke.key)) target.click()
}

/** Whether the browser takes this key for a click on the element. */
function isPressedBy(target: HTMLElement, key: string): boolean {
  if (target instanceof HTMLButtonElement) return key === 'Enter' || key === ' '
  if (target instanceof HTMLAnchorElement) return key === 'Enter'
  const isTicked = target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type)
  return isTicked && key === ' '
}

function dispatch(target: Element, type: 'keydown' | 'keyup', stroke: KeyStroke): boolean {
  const event = new KeyboardEvent(type, {
    key: stroke.key,
    code: stroke.code,
    shiftKey: stroke.shift,
    ctrlKey: stroke.ctrl,
    altKey: stroke.alt,
    metaKey: stroke.meta,
    bubbles: true,
    cancelable: true,
    composed: true,
  })
  replayed.add(event)
  return target.dispatchEvent(event)
}
