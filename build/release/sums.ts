import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runOrThrow } from '../command.ts'

/** Writes the sums of the files, as `sha256sum --check` reads them. Returns the file. */
export function writeSums(files: readonly string[], to: string): string {
  const lines = files.map((file) => {
    const sum = createHash('sha256').update(fs.readFileSync(file)).digest('hex')
    return `${sum}  ${path.basename(file)}\n`
  })
  const sums = path.join(to, `SHA256SUMS-${process.platform}-${process.arch}`)
  fs.writeFileSync(sums, lines.join(''))
  return sums
}

/** Signs with a key of gpg's own keyring, and looks at what was signed. Returns the signature's file. */
export async function signSums(sums: string, key: string): Promise<string> {
  const signature = `${sums}.asc`
  fs.rmSync(signature, { force: true })
  await runOrThrow('gpg', ['--batch', '--local-user', key, '--armor', '--detach-sign', sums])
  await runOrThrow('gpg', ['--batch', '--verify', signature, sums])
  return signature
}

/** Signs an rpm with a key of gpg's own keyring. Debian's rpm looks for gpg under a name that it no longer has. */
export async function signRpm(file: string, key: string): Promise<void> {
  const defined = ['--define', `_gpg_name ${key}`, '--define', '__gpg /usr/bin/gpg']
  await runOrThrow('rpmsign', [...defined, '--addsign', file])
}
