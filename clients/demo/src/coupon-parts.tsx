import { type FormEvent, type ReactNode, useState } from 'react'
import type { Coupon } from '../../typescript/src/index.ts'
import type { Register } from './register.ts'
import { type Words, yuan } from './words.ts'

interface CouponLineProps {
  readonly coupon: Coupon
  /** What is booked for one whose sum the till does not know, in fen. */
  readonly entered?: number | undefined
  readonly children?: ReactNode
}

export function CouponLine({ coupon, entered, children }: CouponLineProps) {
  const { codeTail, batch, title, advice, instruction } = coupon
  const deductFen = coupon.deductFen ?? entered ?? null
  return (
    <li data-testid="coupon" data-instruction={instruction}>
      <span>
        <b>{title}</b> …{codeTail} {batch?.name}
        <small>{advice}</small>
      </span>
      <b>{deductFen === null ? '?' : `−${yuan(deductFen)}`}</b>
      {children}
    </li>
  )
}

interface PartProps {
  readonly register: Register
  readonly words: Words
}

/** Takes the sum that the cashier read on the customer's phone, in yuan. */
export function SumField({ no, register, words }: PartProps & { readonly no: string }) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (/^\d{1,6}(\.\d{1,2})?$/.test(text)) register.enter(no, Math.round(Number(text) * 100))
  }
  return (
    <form className="sum" onSubmit={submit}>
      <input
        data-testid="sum"
        aria-label={words.sum}
        placeholder={words.sum}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}

/** Where the register's own scanner types. */
export function Scan({ register, words, isOff }: PartProps & { readonly isOff: boolean }) {
  const [code, setCode] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (code.trim() !== '') register.scan(code.trim())
    setCode('')
  }
  return (
    <form className="scan" onSubmit={submit}>
      <label>
        {words.scan}
        <input
          data-testid="code"
          autoComplete="off"
          disabled={isOff}
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </label>
      <button type="submit" disabled={isOff}>
        {words.scanned}
      </button>
    </form>
  )
}
