/**
 * Returns the fields of an object that was read from a file; empty for anything else. For the window's thread alone, which loads
 * no library of schemas while it starts (docs/decisions/0049).
 */
export function plainFields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
