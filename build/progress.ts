const linesEveryMs = 10_000

/** Prints what is being done, a sign of life every ten seconds, and how long it took. */
export async function reportProgress<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const elapsed = () => `${Math.round((performance.now() - startedAt) / 1000)} s`
  console.log(`  ${what}…`)
  const timer = setInterval(() => console.log(`    … ${elapsed()}`), linesEveryMs)
  try {
    const result = await work
    console.log(`    done in ${elapsed()}`)
    return result
  } finally {
    clearInterval(timer)
  }
}
