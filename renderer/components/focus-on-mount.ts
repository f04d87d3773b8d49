/** For `ref`: the element takes the focus when it appears, where a screen or a dialog has one thing to do next. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus()
}
