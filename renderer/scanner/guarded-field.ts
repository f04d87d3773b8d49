import type { KeyTarget } from './lone-keys.ts'

/** A text field whose content can be saved and restored. */
export interface GuardedField {
  readonly element: HTMLElement
  /** Saves text and caret. The function returned restores both, and then types what a person had typed. */
  note(): (typed: string) => void
  /** Types text at the caret, as key presses would. */
  insert(text: string): void
}

const ownFields = new WeakMap<Element, Omit<GuardedField, 'element'>>()

/**
 * Lets a field that draws its own text say how it is saved and restored. Returns the function that removes it again.
 */
export function registerField(element: Element, access: Omit<GuardedField, 'element'>): () => void {
  ownFields.set(element, access)
  return () => ownFields.delete(element)
}

/** Returns the focused field; `null` when typing would go nowhere. */
export function focusedField(page: Document): GuardedField | null {
  const { activeElement } = page
  if (!(activeElement instanceof HTMLElement)) return null
  const own = ownFields.get(activeElement)
  if (own !== undefined) return { element: activeElement, ...own }
  if (activeElement instanceof HTMLTextAreaElement) return nativeField(activeElement)
  return activeElement instanceof HTMLInputElement && takesText(activeElement)
    ? nativeField(activeElement)
    : null
}

/** Returns what the focused element does with keys. */
export function keyTarget(page: Document): KeyTarget {
  const field = focusedField(page)
  if (field === null) return 'none'
  return ownFields.has(field.element) ? 'own-field' : 'native-field'
}

const withoutText = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
])

function takesText(input: HTMLInputElement): boolean {
  return !withoutText.has(input.type) && !input.readOnly && !input.disabled
}

function nativeField(element: HTMLInputElement | HTMLTextAreaElement): GuardedField {
  return {
    element,
    note() {
      const { value, selectionStart, selectionEnd } = element
      return (typed) => {
        if (element.value !== value) {
          setValue(element, value)
          // Number and e-mail fields expose no caret.
          if (selectionStart !== null) element.setSelectionRange(selectionStart, selectionEnd)
        }
        if (typed !== '') this.insert(typed)
      }
    },
    insert(text) {
      const { value, selectionStart, selectionEnd } = element
      const from = selectionStart ?? value.length
      setValue(element, value.slice(0, from) + text + value.slice(selectionEnd ?? value.length))
      if (selectionStart !== null) element.setSelectionRange(from + text.length, from + text.length)
    },
  }
}

/** Bypasses React's own copy of the value, so that `onChange` fires. */
function setValue(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype =
    element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }))
}
