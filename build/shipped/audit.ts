/** A known hole in a package. */
export interface Hole {
  readonly name: string
  readonly severity: string
  readonly isGrave: boolean
  /** What is wrong, as the registry's advisories are titled. */
  readonly titles: readonly string[]
}

export type Audit =
  | { readonly kind: 'not-reachable'; readonly why: string }
  | { readonly kind: 'known'; readonly holes: readonly Hole[] }

const grave: ReadonlySet<string> = new Set(['high', 'critical'])

/** Reads what `npm audit --json` wrote: a report, or an object that says why there is none. */
export function readAudit(output: string): Audit {
  const { vulnerabilities, message } = parsed(output) ?? {}
  if (!isObject(vulnerabilities))
    return { kind: 'not-reachable', why: typeof message === 'string' ? message : 'no report' }
  const holes = Object.entries(vulnerabilities).map(([name, of]): Hole => {
    const severity = isObject(of) ? String(of['severity']) : ''
    const via = isObject(of) && Array.isArray(of['via']) ? of['via'] : []
    const titles = via.map((each) => (isObject(each) ? String(each['title']) : `through ${each}`))
    return { name, severity, isGrave: grave.has(severity), titles }
  })
  return { kind: 'known', holes }
}

function parsed(output: string): Readonly<Record<string, unknown>> | null {
  try {
    const report: unknown = JSON.parse(output)
    return isObject(report) ? report : null
  } catch {
    // npm did not start, or broke off.
    return null
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
