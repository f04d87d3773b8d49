import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Writes until no further byte fits. */
  fill(): void
  free(): void
  makeReadOnly(): void
  remove(): void
}

/** Returns why no file system can be mounted here; `null` when it can. */
export function whyNoMount(): string | null {
  if (process.platform !== 'linux') return 'mounts are made on Linux alone'
  if (process.getuid?.() !== 0) return 'only root may mount'
  try {
    mountSmallDisk(1).remove()
    return null
  } catch (error) {
    return `mounting fails: ${String(error)}`
  }
}

/** Mounts a separate file system that really can be full or read-only, also for root. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'small-disk-'))
  const filler = path.join(folder, 'filler')
  mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  return {
    folder,
    fill() {
      const handle = fs.openSync(filler, 'a')
      try {
        for (;;) fs.writeSync(handle, new Uint8Array(4096))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      } finally {
        fs.closeSync(handle)
      }
    },
    free: () => fs.rmSync(filler),
    makeReadOnly: () => mount('-o', 'remount,ro', folder),
    remove() {
      execFileSync('umount', ['--lazy', folder])
      // A process of a killed program may write there once more before it has ended, now below the mount.
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function mount(...parameters: string[]): void {
  execFileSync('mount', parameters, { stdio: 'pipe' })
}
