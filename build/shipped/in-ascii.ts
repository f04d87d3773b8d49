/**
 * Returns a script that does the same in ASCII alone: each code unit beyond it as an escape of four hexadecimal digits, which
 * means the same in texts, templates, names and regular expressions. Throws where one follows a backslash, which would make
 * another text of it, and within `String.raw`, which does not read escapes.
 */
export function inAscii(script: string): string {
  const raw = /\bString\.raw`[^`]*[\u0080-\uFFFF]/.exec(script)
  if (raw !== null) throw new Error(`a raw text beyond ASCII: ${raw[0]}`)
  return script.replaceAll(/(\\*)([\u0080-\uFFFF])/g, (all, before: string, unit: string) => {
    if (before.length % 2 === 1) throw new Error(`an escaped character beyond ASCII: ${all}`)
    return `${before}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
