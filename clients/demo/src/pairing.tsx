import { type FormEvent, useState } from 'react'
import { TillClient, TillProblem } from '../../typescript/src/index.ts'
import type { Kept } from './ledger.ts'
import type { Language, Words } from './words.ts'

interface PairingProps {
  readonly language: Language
  readonly words: Words
  readonly onPaired: (till: Kept['till']) => void
}

/** Asks for the digits on the till's screen, and exchanges them for a token. */
export function Pairing({ language, words, onPaired }: PairingProps) {
  const wanted = new URLSearchParams(location.search).get('till')
  const [origin, setOrigin] = useState(wanted ?? 'http://127.0.0.1:9740')
  const [code, setCode] = useState('')
  const [notice, setNotice] = useState('')
  const pair = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    try {
      const till = new TillClient({ origin, language })
      const { token } = await till.pair({ code: code.trim(), name: words.title })
      onPaired({ origin, token })
    } catch (cause) {
      const { title, detail } =
        cause instanceof TillProblem
          ? cause.problem
          : { title: words.notice['no-till'], detail: String(cause) }
      setNotice(`${title} ${detail}`)
    }
  }
  return (
    <form className="pairing" onSubmit={(event) => void pair(event)}>
      <p>{words.pairLead}</p>
      <label>
        {words.origin}
        <input value={origin} onChange={({ target }) => setOrigin(target.value)} />
      </label>
      <label>
        {words.digits}
        <input
          data-testid="digits"
          inputMode="numeric"
          autoComplete="off"
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </label>
      <button type="submit" className="main">
        {words.pair}
      </button>
      {notice !== '' && <output className="notice">{notice}</output>}
    </form>
  )
}
