/** One key event as plain data, so that the decoder runs and is tested without a browser. */
export interface KeyStroke {
  readonly type: 'keydown' | 'keyup'
  /** `event.timeStamp`: milliseconds, set when the system saw the key, not when the handler ran. */
  readonly at: number
  /** Physical key (UI Events `code`), independent of layout, Caps Lock and input method; may be empty. */
  readonly code: string
  readonly key: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly altGraph: boolean
  /** Whether Caps Lock is on, not whether its key is down. */
  readonly capsLock: boolean
  readonly repeat: boolean
  /** An input method handles this key: composing, or `Process`, or key code 229. */
  readonly composing: boolean
}

/**
 * Whether the event says which physical key it was. Keys that a program or a remote desktop injects often do not.
 */
export function hasCode({ code }: Pick<KeyStroke, 'code'>): boolean {
  return code !== '' && code !== 'Unidentified'
}

/** The key code that browsers report for a key taken by an input method (UI Events, legacy `keyCode`). */
const takenByInputMethod = 229

export type KeyFacts = Pick<
  KeyboardEvent,
  | 'type'
  | 'timeStamp'
  | 'code'
  | 'key'
  | 'keyCode'
  | 'shiftKey'
  | 'ctrlKey'
  | 'altKey'
  | 'metaKey'
  | 'repeat'
  | 'isComposing'
> & { getModifierState(key: string): boolean }

export function strokeOf(event: KeyFacts): KeyStroke {
  return {
    type: event.type === 'keyup' ? 'keyup' : 'keydown',
    at: event.timeStamp,
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    altGraph: event.getModifierState('AltGraph'),
    capsLock: event.getModifierState('CapsLock'),
    repeat: event.repeat,
    composing: event.isComposing || event.key === 'Process' || event.keyCode === takenByInputMethod,
  }
}
