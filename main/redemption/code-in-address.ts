/**
 * Returns the value of the first of these parameters that an `http(s)` address carries, in its query or in its fragment
 * (`/#/coupon?code=…`). `null` when the text is no address, when it carries none of them, or when it carries one with
 * two values.
 */
export function codeInAddress(text: string, names: readonly string[]): string | null {
  // A URL parser drops line breaks and tabs, and would join the digits around them into a code that nobody printed.
  if (!/^https?:[^\t\r\n]+$/i.test(text) || !URL.canParse(text)) return null
  const parameters = parametersOf(new URL(text))
  for (const name of names) {
    const exact = valuesOf(parameters, (known) => known === name)
    const alike = valuesOf(parameters, (known) => spelling(known) === spelling(name))
    const values = exact.length > 0 ? exact : alike
    if (values.length > 0) return values.length === 1 ? (values[0] ?? null) : null
  }
  return null
}

type Parameter = readonly [name: string, value: string]

function parametersOf({ searchParams, hash }: URL): readonly Parameter[] {
  const fragment = hash.slice(1)
  const query = fragment.includes('?') ? fragment.slice(fragment.indexOf('?')) : fragment
  return [...searchParams, ...new URLSearchParams(query)].map(([name, value]) => [
    name,
    value.trim(),
  ])
}

/** Returns the values that differ; empty ones are none. */
function valuesOf(
  parameters: readonly Parameter[],
  isMeant: (name: string) => boolean,
): readonly string[] {
  const values = parameters.filter(([name, value]) => isMeant(name) && value !== '')
  return [...new Set(values.map(([, value]) => value))]
}

/** `couponCode`, `coupon_code` and `COUPON-CODE` are one name. */
function spelling(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/g, '')
}
