import type { ApiReply } from '../../main/contract/snapshot.ts'
import styles from './api-reply-text.module.css'

/** Shows WeChat Pay's reply in the form that their support asks for: status, code, message, detail and Request-ID. */
export function ApiReplyText({ said }: { readonly said: ApiReply }) {
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
