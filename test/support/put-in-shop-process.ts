// Lets a live till belong to a shop, as joining would: its keys, and what the anchor says of its files. It is started with the
// environment of that till's keychain and the folder of its live files, and reads the keys from standard input.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { chainDigest } from '../../main/app/live/chain-files.ts'
import { createKeytarSecretStore } from '../../main/keychain/keytar-secret-store.ts'
import { keeperOf } from './live-place.ts'

const [, , folder = ''] = process.argv
const secrets = createKeytarSecretStore({
  service: 'Hexiao Till',
  load: async () => (await import('keytar')).default,
})
const names = ['chain-key', 'chain-till-seed'] as const
const given = z.record(z.enum(names), z.string()).parse(JSON.parse(await text(process.stdin)))
for (const name of names) {
  const written = await secrets.write(name, given[name])
  if (!written.ok) throw new Error(written.error.code)
}
const anchor = keeperOf(secrets)
await anchor.read()
const changed = await anchor.change((present) => ({ ...present, chain: [chainDigest(folder)] }))
if (!changed.ok) throw new Error(changed.error.code)
await anchor.settled()
