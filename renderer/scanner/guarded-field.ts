/** A place for text that can be put back as it was. */
export interface GuardedField {
  readonly element: HTMLElement
  /** Notes the text and the caret; the answer puts both back, and then types what a hand had typed. */
  note(): (typed: string) => void
  /** Types text at the caret, as its keys would have. */
  insert(text: string): void
}

const ownFields = new WeakMap<Element, Omit<GuardedField, 'element'>>()

/** Fields that draw their own text say here how they are noted and put back. */
export function registerField(element: Element, access: Omit<GuardedField, 'element'>): () => void {
  ownFields.set(element, access)
  return () => ownFields.delete(element)
}

/** The field that has the focus; `null` when typing would go nowhere. */
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
          // Number and e-mail fields have no caret to put back.
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

/** Past React's own record of the value, so that its `onChange` hears of it. */
function setValue(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype =
    element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }))
}
