import { existsSync } from 'node:fs'
import { anchoredChain, chainDigest } from '../app/live/chain-files.ts'
import { foundIn } from '../app/live/checked-store.ts'
import type { Anchor } from '../anchor/anchor.ts'
import { mismatchOf } from '../anchor/mismatch.ts'
import type { MismatchCode } from '../contract/mismatch.ts'
import { inspectStore } from '../store/inspection.ts'
import { wordsHere } from '../words-here.ts'
import type { CommandPlace } from './place.ts'
import type { Check, CheckWriter } from './report.ts'

/** Whether the till's files are those that the keychain knows. Reads all records, and writes nothing. */
export async function checkRecords(place: CommandPlace, write: CheckWriter): Promise<Check> {
  const key = await place.secrets.read('data-key')
  if (key.ok && key.value === null && !existsSync(place.databaseFile))
    return write.line('records', 'skipped', 'records-not-there')
  if (!key.ok || key.value === null) return write.line('records', 'skipped', 'not-checked')
  // Before the records: a till that is open goes on writing.
  const read = await place.anchor.read()
  if (!read.ok && read.error.code !== 'unreadable')
    return write.line('records', 'skipped', 'not-checked')
  const anchor = read.ok ? read.value : null
  const store = inspectStore(place.databaseFile, Buffer.from(key.value, 'base64'))
  if (store === 'schema-changed') return differing(store, place, write)
  if (store === null) return write.line('records', 'skipped', 'records-not-there')
  try {
    const profile = place.profiles.digest() ?? ''
    if (anchor !== null && !anchor.profile.includes(profile))
      return differing('tampered-profile', place, write)
    if (anchor !== null && !anchoredChain(anchor).includes(chainDigest(place.folder)))
      return differing('tampered-chain', place, write)
    const code = mismatchOf(anchor, foundIn(store)) ?? (await changedRecords(anchor, store))
    if (code !== null) return differing(code, place, write)
    const { rows, digest } = store.audit.end()
    const line = anchor === null ? 'records-not-anchored' : 'records-fit'
    return write.line('records', anchor === null ? 'warning' : 'ok', line, { rows, digest })
  } finally {
    store.close()
  }
}

async function changedRecords(
  anchor: Anchor | null,
  { audit, rowCheck }: Exclude<ReturnType<typeof inspectStore>, string | null>,
): Promise<MismatchCode | null> {
  const accepted = anchor?.accepted ?? null
  const fits = (await audit.isIntact()) || (await audit.isIntact(accepted))
  return fits && (await rowCheck.fits(accepted?.id ?? 0)) ? null : 'tampered-records'
}

function differing(code: MismatchCode, { language }: CommandPlace, write: CheckWriter): Check {
  const { title, action } = wordsHere(language).setup.obstacle[code]
  return write.text('records', 'failed', code, `${title} · ${action}`)
}
