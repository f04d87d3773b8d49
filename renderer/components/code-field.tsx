import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { ScanSource } from '../../main/contract/snapshot.ts'
import { registerField } from '../scanner/guarded-field.ts'
import {
  codeText,
  insertText,
  pressKey,
  selected,
  type CodeFieldRules,
  type CodeText,
} from './code-field-edit.ts'
import styles from './code-field.module.css'

interface CodeFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  /** Enter. `pasted` when any of the text came from the clipboard. */
  readonly onSubmit?: (text: string, source: Extract<ScanSource, 'typed' | 'pasted'>) => void
  /** Dots instead of characters, for PINs. */
  readonly secret?: boolean
  readonly maxLength?: number
  readonly allows?: (char: string) => boolean
  readonly invalid?: boolean
  readonly description?: string
  /** Takes the focus when it appears: in a dialog that was opened to type into it. */
  readonly takesFocus?: boolean
}

/**
 * A field for codes, PINs and numbers that no input method can touch: to the system it is no text field, so none is
 * switched on (docs/decisions/0010). It draws its own text and caret.
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
}: CodeFieldProps) {
  const id = useId()
  const element = useRef<HTMLDivElement>(null)
  const [edited, setEdited] = useState<CodeText>(() => codeText(value))
  const [hasPasted, setHasPasted] = useState(false)
  // A value set from outside brings its own caret.
  const state = edited.text === value ? edited : codeText(value)
  const rules: CodeFieldRules = { maxLength, allows }

  function change(next: CodeText): void {
    setEdited(next)
    if (next.text === '') setHasPasted(false)
    if (next.text !== value) onChange(next.text)
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
        return () => latest.current.change(before)
      },
      insert(text) {
        latest.current.change(insertText(latest.current.state, text, latest.current.rules))
      },
    })
  }, [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault()
      onSubmit?.(state.text, hasPasted ? 'pasted' : 'typed')
      return
    }
    const next = pressKey(state, event.nativeEvent, rules)
    if (next === null) return
    event.preventDefault()
    change(next)
  }
  function onPaste(event: ClipboardEvent): void {
    event.preventDefault()
    setHasPasted(true)
    change(insertText(state, event.clipboardData.getData('text/plain').trim(), rules))
  }
  function onCopy(event: ClipboardEvent): void {
    if (secret || selected(state) === '') return
    event.preventDefault()
    event.clipboardData.setData('text/plain', selected(state))
  }

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
        // An input or textarea is what switches the input method on.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="textbox"
        tabIndex={0}
        aria-labelledby={`${id}-label`}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
        aria-invalid={invalid}
        aria-multiline={false}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onCopy={onCopy}
      >
        {shown.slice(0, from)}
        {state.caret === from && caret}
        {from < to && <mark className={styles['selected']}>{shown.slice(from, to)}</mark>}
        {state.caret !== from && caret}
        {shown.slice(to)}
      </div>
      {description !== undefined && (
        <span className={styles['description']} id={`${id}-description`}>
          {description}
        </span>
      )}
    </div>
  )
}

function isPrintable(char: string): boolean {
  return char >= ' ' && char <= '~'
}
