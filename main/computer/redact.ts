import os from 'node:os'

const hidden = '[hidden]'
const pem = /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/g
/** WeChat's ids of people. */
const openid = /\bo[\w-]{27}\b/g
/** Coupon codes, keys, serials and numbers of redemptions are long and have digits; words, names of files and events are not so. */
const token = /[A-Za-z0-9_+=-]{12,}/g
const digits = /\d/g
const mostDigits = 5
const longest = 40

/**
 * Takes out of a text for log and diagnostics what could be a code, a person or a key, and the name of this computer's
 * account. For what the till itself writes, nothing is left to it: no line is made of a code (log.ts). It is for what comes from
 * elsewhere, as an error text of the system's does.
 */
export function redact(text: string): string {
  const home = os.homedir()
  return text
    .replaceAll(pem, hidden)
    .replaceAll(home === '' || home === '/' ? '\0' : home, '~')
    .replaceAll(openid, hidden)
    .replaceAll(token, (word) => (isSecretLike(word) ? hidden : word))
}

function isSecretLike(word: string): boolean {
  const count = word.match(digits)?.length ?? 0
  return count > mostDigits || word.length >= longest || (count > 0 && word.length >= 24)
}
