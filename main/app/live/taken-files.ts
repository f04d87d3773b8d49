import path from 'node:path'
import type { FileFault } from '../../contract/file-fault.ts'
import { ok, type Result } from '../../contract/result.ts'
import type { FilePurpose } from '../../contract/setup.ts'
import { maxSourceFileBytes, type SourceFile } from '../../credentials/source-file.ts'
import { maxPublicKeyBytes } from '../../credentials/verification-keys.ts'
import { readRegularFile } from '../../outside/regular-file.ts'

/** A file that a person handed over in set-up. */
export interface TakenFile extends SourceFile {
  readonly path: string
}

const maxBytes: Readonly<Record<FilePurpose, number>> = {
  merchant: maxSourceFileBytes,
  'public-key': maxPublicKeyBytes,
}

/** Reads all of the files; fails as soon as one of them cannot be read. */
export async function readFiles(
  purpose: FilePurpose,
  paths: readonly string[],
): Promise<Result<readonly TakenFile[], FileFault>> {
  const files: TakenFile[] = []
  for (const file of paths) {
    const read = await readRegularFile(file, maxBytes[purpose])
    if (!read.ok) return read
    files.push({ name: path.basename(file), path: file, bytes: read.value })
  }
  return ok(files)
}
