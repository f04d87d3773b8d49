/** More than any request of the page has: the longest lists the redemptions of a review that are decided at once. */
const mostParts = 20_000

/**
 * Whether an input is made of texts, numbers, booleans, lists and plain objects alone, and not of too many. Everything
 * else that passes between processes (typed arrays, maps, dates, an object within itself) is no request, and some of it
 * makes the schemas throw, or takes them minutes.
 */
export function isPlainData(input: unknown): boolean {
  const waiting: unknown[] = [input]
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const part = waiting.pop()
    if (seen + waiting.length > mostParts) return false
    if (typeof part === 'bigint') return false
    if (typeof part !== 'object' || part === null) continue
    const isList = Array.isArray(part)
    if (!isList && Object.getPrototypeOf(part) !== Object.prototype) return false
    if (isList && part.length > mostParts) return false
    // Not spread into one call, which throws for a long list.
    for (const value of Object.values(part)) waiting.push(value)
  }
  return true
}
