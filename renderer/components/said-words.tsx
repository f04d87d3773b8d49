import type { Said } from '../../main/contract/snapshot.ts'
import styles from './said-words.module.css'

/** WeChat Pay's own words, as support asks for them: status, code and message, its detail, and the Request-ID. */
export function SaidWords({ said }: { readonly said: Said }) {
  const { status, code, message, detail, requestId } = said
  const lines = [
    [status, code, message].filter((part) => part !== null && part !== '').join(' · '),
    detail ?? '',
    requestId === null ? '' : `Request-ID ${requestId}`,
  ].filter((line) => line !== '')
  return lines.map((line) => (
    <span key={line} className={styles['said']} data-testid="said">
      {line}
    </span>
  ))
}
