import { useEffect, useEffectEvent, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanSource } from '../../main/contract/redemption-view.ts'
import { registerField } from '../scanner/guarded-field.ts'
import {
  codeText,
  insertText,
  type LeftOut,
  pasteText,
  pressKey,
  selected,
  type CodeFieldRules,
  type CodeText,
  visible,
} from './code-field-edit.ts'
import styles from './code-field.module.css'

export type ManualSource = Extract<ScanSource, 'typed' | 'pasted'>

interface CodeFieldProps {
  readonly label: string
  readonly value: string
  /** `pasted` when any of the text came from the clipboard. */
  readonly onChange: (text: string, source: ManualSource) => void
  /** Called on Enter. */
  readonly onSubmit?: (text: string, source: ManualSource) => void
  /** Dots instead of characters, for PINs. */
  readonly secret?: boolean
  readonly maxLength?: number
  readonly allows?: (char: string) => boolean
  readonly invalid?: boolean
  readonly description?: string
  /** Takes the focus when mounted, for a dialog that exists to type into this field. */
  readonly takesFocus?: boolean
  /** All of the text is selected at first, so that the first key replaces it. */
  readonly startsSelected?: boolean
}

/**
 * A field for codes, PINs and numbers that no input method can change: to the operating system it is no text field, so
 * no input method is switched on (docs/decisions/0010). It draws its own text and caret.
 */
export function CodeField({
  label,
  value,
  onChange,
  onSubmit,
  secret = false,
  maxLength = 256,
  allows = isPrintable,
  invalid = false,
  description,
  takesFocus = false,
  startsSelected = false,
}: CodeFieldProps) {
  const id = useId()
  const element = useRef<HTMLDivElement>(null)
  const [edited, setEdited] = useState<CodeText>(() =>
    startsSelected ? { ...codeText(value), anchor: 0 } : codeText(value),
  )
  const [source, setSource] = useState<ManualSource>('typed')
  const [leftOut, setLeftOut] = useState<LeftOut | null>(null)
  // A value set by the parent starts with the caret at its end.
  const state = edited.text === value ? edited : codeText(value)
  const rules: CodeFieldRules = { maxLength, allows }

  function change(next: CodeText, by: ManualSource = source): void {
    const now = next.text === '' ? 'typed' : by
    setEdited(next)
    setSource(now)
    setLeftOut(null)
    if (next.text !== value) onChange(next.text, now)
  }
  const latest = useRef({ state, change, rules })
  useEffect(() => {
    latest.current = { state, change, rules }
  })
  useEffect(() => {
    if (takesFocus) element.current?.focus()
  }, [takesFocus])
  useEffect(() => {
    if (element.current === null) return undefined
    return registerField(element.current, {
      note() {
        const before = latest.current.state
        return (typed) => {
          const { change: set, rules: allowed } = latest.current
          set(typed === '' ? before : insertText(before, typed, allowed))
        }
      },
      insert(text) {
        latest.current.change(insertText(latest.current.state, text, latest.current.rules))
      },
    })
  }, [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault()
      onSubmit?.(state.text, source)
      return
    }
    const next = pressKey(state, event.nativeEvent, rules)
    if (next === null) return
    event.preventDefault()
    change(next)
  }
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (document.activeElement !== element.current) return
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain').trim() ?? ''
    const pasted = pasteText(state, text, rules)
    change(pasted.next, 'pasted')
    setLeftOut(pasted.leftOut)
  })
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    if (document.activeElement !== element.current || secret || selected(state) === '') return
    event.preventDefault()
    event.clipboardData?.setData('text/plain', selected(state))
  })
  useEffect(() => {
    // The system sends no clipboard events to an element that is no text field; they go to the page's body.
    const ended = new AbortController()
    document.addEventListener('paste', (event) => onPaste(event), ended)
    document.addEventListener('copy', (event) => onCopy(event), ended)
    return () => ended.abort()
  }, [])

  const shown = secret ? '•'.repeat(state.text.length) : state.text
  const [from, to] = [Math.min(state.anchor, state.caret), Math.max(state.anchor, state.caret)]
  const caret = <span className={styles['caret']} data-caret="" aria-hidden="true" />
  return (
    <div className={styles['field']}>
      <span className={styles['label']} id={`${id}-label`}>
        {label}
      </span>
      <div
        ref={element}
        className={styles['box']}
        // A real input or textarea would switch the input method on.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="textbox"
        tabIndex={0}
        aria-labelledby={`${id}-label`}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
        aria-invalid={invalid}
        aria-multiline={false}
        onKeyDown={onKeyDown}
        onFocus={() => {
          // What was refused is typed anew, and cannot be read to be mended.
          if (secret && invalid) setEdited({ ...state, anchor: 0, caret: state.text.length })
        }}
      >
        {shown.slice(0, from)}
        {state.caret === from && caret}
        {from < to && <mark className={styles['selected']}>{shown.slice(from, to)}</mark>}
        {state.caret !== from && caret}
        {shown.slice(to)}
      </div>
      {leftOut !== null && <LeftOutNotice leftOut={leftOut} secret={secret} />}
      {description !== undefined && (
        <span className={styles['description']} id={`${id}-description`}>
          {description}
        </span>
      )}
    </div>
  )
}

/** Says what a paste left out: a code that lost a character may be another coupon's. */
function LeftOutNotice({
  leftOut,
  secret,
}: {
  readonly leftOut: LeftOut
  readonly secret: boolean
}) {
  const { t } = useTranslation('shell')
  const { refused, tooMany } = leftOut
  const names = refused.map((char) => (isSpace(char) ? t('paste.space') : visible(char)))
  const chars = [...new Set(names)].join(' ')
  return (
    <span className={styles['leftOut']} role="alert" data-testid="paste-left-out">
      {refused.length > 0 &&
        (secret
          ? t('paste.refusedSecret', { count: refused.length })
          : t('paste.refused', { chars }))}
      {refused.length > 0 && tooMany > 0 && ' '}
      {tooMany > 0 && t('paste.tooMany', { count: tooMany })}
    </span>
  )
}

/** Of any width; a line break has a sign of its own. */
function isSpace(char: string): boolean {
  return char.trim() === '' && char !== '\n' && char !== '\r'
}

function isPrintable(char: string): boolean {
  return char >= ' ' && char <= '~'
}
