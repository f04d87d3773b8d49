import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs'

/** A file that is there, empty, and that this account alone may read. */
export interface OutputFile {
  /** On the disk when it returns. Throws when the disk refuses. */
  write(text: string): void
  /** Takes it away again. */
  abandon(): void
}

/** Makes it before what is to be in it, so that no secret is made that cannot be kept. Throws where a file is there already. */
export function openOutputFile(file: string): OutputFile {
  const descriptor = openSync(file, 'wx', 0o600)
  return {
    write(text) {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
      closeSync(descriptor)
    },
    abandon() {
      rmSync(file, { force: true })
    },
  }
}
