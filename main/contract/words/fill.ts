/** Replaces each `{{name}}` of a text by the value of that name. */
export function fill(
  text: string,
  values: Readonly<Record<string, string | number | null>>,
): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
}
