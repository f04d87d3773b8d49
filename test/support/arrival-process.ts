// Takes a backup over on a computer whose keychain is a file, and ends itself with SIGKILL at one step of the keychain.
// node arrival-process.ts FOLDER BACKUP PASSWORD STEP; STEP 0: not at all. Writes what it found at its start and its end.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { createArrival } from '../../main/app/live/arrival.ts'
import { finishArrival } from '../../main/app/live/finish-arrival.ts'
import { isLive } from '../../main/app/live/open-live-till.ts'
import { ok } from '../../main/contract/result.ts'
import { openProfileStore } from '../../main/credentials/profile-store.ts'
import type { SecretStore } from '../../main/keychain/secret-store.ts'
import { readPairApart } from '../../main/outside/read-pair.ts'
import { keeperOf } from './live-place.ts'

const [folder = '', backup = '', password = '', step = '0'] = process.argv.slice(2)
const keychainFile = path.join(folder, '..', 'keychain.json')
const Secrets = z.record(z.string(), z.string())
let steps = 0

function count(): void {
  steps += 1
  if (steps === Number(step)) process.kill(process.pid, 'SIGKILL')
}

function load(): Record<string, string> {
  return existsSync(keychainFile)
    ? Secrets.parse(JSON.parse(readFileSync(keychainFile, 'utf8')))
    : {}
}

function save(secrets: Readonly<Record<string, string>>): void {
  count()
  writeFileSync(`${keychainFile}.new`, JSON.stringify(secrets))
  renameSync(`${keychainFile}.new`, keychainFile)
  // Killed before the program knows that it has it, too.
  count()
}

const secrets: SecretStore = {
  kind: 'keychain',
  probe: async () => ok(null),
  read: async (name) => ok(load()[name] ?? null),
  async write(name, value) {
    save({ ...load(), [name]: value })
    return ok(null)
  },
  async remove(name) {
    const { [name]: _, ...rest } = load()
    save(rest)
    return ok(null)
  },
}
const databaseFile = path.join(folder, 'till.db')
const place = {
  folder,
  databaseFile,
  secrets,
  anchor: keeperOf(secrets),
  profiles: openProfileStore(folder),
  readPair: readPairApart,
  queueCounts: () => ({ waiting: 0, review: 0, bound: 0, misaddressed: 0, oldestAt: null }),
  clock: Date.now,
}

await finishArrival(place)
const atStart = isLive(place) ? 'moved' : 'nothing'
if (atStart === 'nothing') {
  const arrival = createArrival({
    place,
    here: () => ({ kind: 'nothing' }),
    isOwnerThere: async () => true,
  })
  const done = [await arrival.take(backup), await arrival.open(password), await arrival.decide()]
  for (const each of done) if (!each.ok) throw new Error(each.error.code)
  await finishArrival(place)
}
process.stdout.write(JSON.stringify({ atStart, isThere: isLive(place), steps }))
