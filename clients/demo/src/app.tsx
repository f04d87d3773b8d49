import { useEffect, useState } from 'react'
import { TillClient } from '../../typescript/src/index.ts'
import type { Kept, Ledger } from './ledger.ts'
import { Pairing } from './pairing.tsx'
import { Register } from './register.ts'
import { RegisterScreen } from './register-screen.tsx'
import type { Language, Words } from './words.ts'

interface AppProps {
  readonly ledger: Ledger
  readonly language: Language
  readonly words: Words
}

/** Short: the cashier waits. What was lost is asked for again with the next event. */
const patienceMs = 3000

export function App({ ledger, language, words }: AppProps) {
  const [paired, setPaired] = useState(ledger.till)
  const pairWith = (till: Kept['till']): void => {
    ledger.pairWith(till)
    setPaired(till)
  }
  return (
    <>
      <header>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <strong data-testid="practice">{words.practice}</strong>
      </header>
      {paired === null ? (
        <Pairing language={language} words={words} onPaired={pairWith} />
      ) : (
        <Paired
          key={paired.token}
          {...{ ledger, language, words, paired }}
          onRefused={() => pairWith(null)}
        />
      )}
    </>
  )
}

interface PairedProps extends AppProps {
  readonly paired: NonNullable<Kept['till']>
  readonly onRefused: () => void
}

function Paired({ ledger, language, words, paired, onRefused }: PairedProps) {
  const [register, setRegister] = useState<Register | null>(null)
  const [, setDrawn] = useState(0)
  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    const made = new Register({
      till: new TillClient({ ...paired, language, patienceMs, signal }),
      ledger,
      orderId: newOrderId,
      onChange: () => setDrawn((count) => count + 1),
      onFault: (cause) => reportError(cause),
    })
    setRegister(made)
    // It ends with the page, or where the till has taken the token back.
    made.listen(signal).catch(onRefused)
    return () => ending.abort()
    // oxlint-disable-next-line react/exhaustive-deps -- a register lives as long as its token
  }, [paired.token])
  return register && <RegisterScreen register={register} ledger={ledger} words={words} />
}

/** Such as `D1126-104512-3F7A`. */
function newOrderId(): string {
  const at = new Date().toISOString().replaceAll(/[-:]/g, '')
  return `D${at.slice(4, 8)}-${at.slice(9, 15)}-${crypto.randomUUID().slice(0, 4).toUpperCase()}`
}
