/**
 * AIM symbology identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier. A scanner that is configured
 * to do so sends them before the data. `]C1`, `]d2`, `]e0`, `]Q3` and `]J1` mark the data as GS1.
 */
const identifier = /^\][A-UXYZcdehjz][0-9A-Za-z]/u

export function splitAim(text: string): { readonly aim: string | null; readonly text: string } {
  const aim = identifier.exec(text)?.[0] ?? null
  return aim === null ? { aim, text } : { aim, text: text.slice(aim.length) }
}
