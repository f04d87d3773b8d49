/**
 * AIM symbology identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier. Scanners send them before
 * the data when told to. `]C1`, `]d2`, `]e0`, `]Q3`, `]J1` say that the data are GS1.
 */
const identifier = /^\][A-UXYZcdehjz][0-9A-Za-z]/u

export function splitAim(text: string): { readonly aim: string | null; readonly text: string } {
  const aim = identifier.exec(text)?.[0] ?? null
  return aim === null ? { aim, text } : { aim, text: text.slice(aim.length) }
}
