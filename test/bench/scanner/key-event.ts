import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

/** Returns a key event as Chromium makes it, with the properties that the compared decoders read. */
export function keyEvent(stroke: KeyStroke, offset: number) {
  const keyCode = stroke.composing ? 229 : keyCodeOf(stroke.code)
  return {
    type: stroke.type,
    timeStamp: stroke.at + offset,
    code: stroke.code,
    key: stroke.key,
    keyCode,
    which: keyCode,
    shiftKey: stroke.shift,
    ctrlKey: stroke.ctrl,
    altKey: stroke.alt,
    metaKey: stroke.meta,
    repeat: stroke.repeat,
    isComposing: stroke.composing,
    isTrusted: true,
    target: body,
    currentTarget: body,
    getModifierState: (name: string) =>
      (name === 'CapsLock' && stroke.capsLock) || (name === 'AltGraph' && stroke.altGraph),
    preventDefault: nothing,
    stopPropagation: nothing,
    stopImmediatePropagation: nothing,
  }
}

const body = { tagName: 'BODY' }
function nothing(): void {}

const named = new Map([
  ['Enter', 13],
  ['NumpadEnter', 13],
  ['Tab', 9],
  ['Space', 32],
  ['ShiftLeft', 16],
  ['ControlLeft', 17],
  ['AltLeft', 18],
  ['CapsLock', 20],
  ['F8', 119],
  ['Semicolon', 186],
  ['Equal', 187],
  ['Comma', 188],
  ['Minus', 189],
  ['Period', 190],
  ['Slash', 191],
  ['Backquote', 192],
  ['BracketLeft', 219],
  ['Backslash', 220],
  ['BracketRight', 221],
  ['Quote', 222],
])

function keyCodeOf(code: string): number {
  const letterOrDigit = /^(?:Key|Digit)([A-Z0-9])$/u.exec(code)?.[1]
  if (letterOrDigit !== undefined) return letterOrDigit.codePointAt(0) ?? 0
  const pad = /^Numpad(\d)$/u.exec(code)?.[1]
  return pad === undefined ? (named.get(code) ?? 0) : 96 + Number(pad)
}
