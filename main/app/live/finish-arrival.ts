import { existsSync, rmSync } from 'node:fs'
import { parseJson } from '../../contract/json.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { SecretFault, SecretName } from '../../keychain/secret-store.ts'
import { swapIn } from '../../store/backup.ts'
import { ArrivingSecrets, arrivingFile, readJournal, removeJournal } from './arrival-journal.ts'
import type { LivePlace } from './live-place.ts'
import { removeIncoming } from './take-file.ts'

/**
 * Ends what `createArrival` began, and is called before each opening of the till: the process may have ended in between.
 * What the anchor does not name yet is dropped; what it names is put in place, and each step may be repeated. Fails when
 * the keychain does, and has then changed nothing that a second call does not go on from.
 */
export async function finishArrival(place: LivePlace): Promise<Result<null, SecretFault>> {
  const { folder, databaseFile, secrets, profiles } = place
  removeIncoming(databaseFile)
  const journal = readJournal(folder)
  if (journal === null) return ok(null)
  const arriving = arrivingFile(databaseFile)
  // A locked keychain may say that it has nothing.
  const probed = await secrets.probe()
  if (!probed.ok) return probed
  if (existsSync(arriving)) {
    const decided = await decidedSecrets(place)
    if (!decided.ok) return decided
    if (decided.value === null) rmSync(arriving)
    else {
      const { dataKey, escrow, recovery } = decided.value
      const kept: (readonly [SecretName, string])[] = [
        ['data-key', dataKey],
        ['backup-escrow', JSON.stringify(escrow)],
      ]
      if (recovery !== null) kept.push(['owner-recovery', recovery])
      for (const [name, value] of kept) {
        const written = await secrets.write(name, value)
        if (!written.ok) return written
      }
      if (journal.profile !== null) profiles.set(journal.profile)
      // Last: from here on the records are this till's.
      swapIn(arriving, databaseFile)
    }
  }
  const removed = await secrets.remove('arrival')
  if (!removed.ok) return removed
  removeJournal(folder)
  return ok(null)
}

/** Returns the secrets of the records that the anchor waits for; `null` where it does not wait for these. */
async function decidedSecrets({
  secrets,
  anchor,
}: LivePlace): Promise<Result<ArrivingSecrets | null, SecretFault>> {
  const kept = await secrets.read('arrival')
  if (!kept.ok) return kept
  const known = await anchor.read()
  if (!known.ok) {
    const { code, detail } = known.error
    return code === 'unreadable' ? ok(null) : err({ code, detail })
  }
  const { data } = ArrivingSecrets.safeParse(kept.value === null ? null : parseJson(kept.value))
  const awaited = known.value?.restoring ?? null
  const isAwaited = data !== undefined && awaited !== null && awaited.digest === data.end.digest
  return ok(isAwaited ? data : null)
}
