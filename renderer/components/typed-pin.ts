/** A PIN that is being set, as far as it is typed. */
export interface TypedPin {
  readonly pin: string
  /** The same once more. */
  readonly again: string
  readonly isShown: boolean
}

/** Whether a slip would be noticed: what can be read need not be typed twice. */
export function typedPinState({ pin, again, isShown }: TypedPin): {
  readonly isRepeated: boolean
  readonly isWrongAgain: boolean
} {
  const isRepeated = isShown || again === pin
  return { isRepeated, isWrongAgain: !isRepeated && again.length >= pin.length }
}
