/**
 * What follows the prefix in a name: the time. Or, while the clock is behind the newest name, that name's time, a count,
 * and the clock's own time.
 */
const namePattern = /^(\d{8}-\d{6})(?:_(\d{4,})_(\d{8}-\d{6}))?\.(?:db|hxbackup)$/
const countDigits = 4

/** `.db` is a database as it is; `.hxbackup` is one sealed with a password (`sealed-backup.ts`). */
export type BackupEnding = '.db' | '.hxbackup'

/** What names are sorted by. */
interface SortKey {
  /** The latest time in any name up to this one. */
  readonly latest: string
  /** How many backups, up to this one, were made since then under an earlier time. */
  readonly count: number
}

/**
 * Those of `names` that are backups with this prefix, in the order in which they were made. That is the order of their
 * times, except while the clock was set back: then a count in the name tells.
 */
export function backupsIn(names: readonly string[], prefix: string): string[] {
  return names
    .flatMap((name) => {
      const key = sortKeyOf(name, prefix)
      return key === null ? [] : [{ name, ...key }]
    })
    .toSorted(
      (one, other) => one.latest.localeCompare(other.latest, 'en') || one.count - other.count,
    )
    .map(({ name }) => name)
}

/** A name that sorts behind all of `names`, whatever the clock says. `at` is in epoch milliseconds. */
export function nextBackupName(
  names: readonly string[],
  prefix: string,
  at: number,
  ending: BackupEnding = '.db',
): string {
  const time = stamp(at)
  const newest = backupsIn(names, prefix).at(-1)
  const key = newest === undefined ? null : sortKeyOf(newest, prefix)
  if (key === null || time > key.latest) return `${prefix}${time}${ending}`
  const count = String(key.count + 1).padStart(countDigits, '0')
  return `${prefix}${key.latest}_${count}_${time}${ending}`
}

/** `null` for a name that is no backup's. */
function sortKeyOf(name: string, prefix: string): SortKey | null {
  if (!name.startsWith(prefix)) return null
  const [, latest, count] = namePattern.exec(name.slice(prefix.length)) ?? []
  return latest === undefined ? null : { latest, count: Number(count ?? 0) }
}

/** `20261123-101500`, by the clock on the wall. An hour that a time zone has twice is a clock that was set back. */
function stamp(at: number): string {
  const time = new Date(at)
  const day = `${digits(time.getFullYear(), 4)}${digits(time.getMonth() + 1)}${digits(time.getDate())}`
  return `${day}-${digits(time.getHours())}${digits(time.getMinutes())}${digits(time.getSeconds())}`
}

function digits(value: number, count = 2): string {
  return String(value).padStart(count, '0')
}
