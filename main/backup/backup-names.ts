/** Takes the place of a time in a name: as far as names went before, how many came since, and the clock's own time. */
const shape = /^(\d{8}-\d{6})(?:_(\d{4,})_(\d{8}-\d{6}))?\.db$/
const counterDigits = 4

interface Place {
  /** The latest time that a name of before bore. */
  readonly reached: string
  /** How many were made since without a later one. */
  readonly since: number
}

/**
 * The names of a till's backups in one folder, oldest first. They sort by the order in which they were made: usually by
 * time; while the clock is not beyond what it once was, by a count that follows the latest time.
 */
export function backupsIn(names: readonly string[], prefix: string): string[] {
  return names
    .flatMap((name) => {
      const place = placeOf(name, prefix)
      return place === null ? [] : [{ name, ...place }]
    })
    .toSorted(
      (one, other) => one.reached.localeCompare(other.reached, 'en') || one.since - other.since,
    )
    .map(({ name }) => name)
}

/** A name that sorts behind all there are, whatever the clock says. */
export function nextBackupName(names: readonly string[], prefix: string, at: number): string {
  const time = stamp(at)
  const newest = backupsIn(names, prefix).at(-1)
  const place = newest === undefined ? null : placeOf(newest, prefix)
  if (place === null || time > place.reached) return `${prefix}${time}.db`
  const count = String(place.since + 1).padStart(counterDigits, '0')
  return `${prefix}${place.reached}_${count}_${time}.db`
}

function placeOf(name: string, prefix: string): Place | null {
  if (!name.startsWith(prefix)) return null
  const [, reached, since] = shape.exec(name.slice(prefix.length)) ?? []
  return reached === undefined ? null : { reached, since: Number(since ?? 0) }
}

/** 20261123-101500, in UTC. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
}
