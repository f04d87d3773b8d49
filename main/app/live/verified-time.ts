import { z } from 'zod'
import type { VerifiedTimeMemory } from '../../wechatpay/reply-guard.ts'

const VerifiedTime = z.int().positive()

export interface KeptVerifiedTime extends VerifiedTimeMemory {
  /** Writes what is not on the disk yet. To be called before the records are closed. */
  flush(): void
}

/**
 * Keeps the highest verified time sealed among the settings of the records. What cannot be read, or written, leaves the client
 * with what it has verified since its start. A write waits for the disk, and so comes after the verdict on the reply that it is
 * from: a cashier waits for that. `atLeastMs` is what the keychain knows of, in case the records are an older copy.
 */
export function createVerifiedTimeMemory(
  setting: { read(): unknown; write(ms: number): void },
  onFault: (cause: unknown) => void,
  atLeastMs: number | null = null,
): KeptVerifiedTime {
  let unwrittenMs: number | null = null

  function flush(): void {
    if (unwrittenMs === null) return
    const ms = unwrittenMs
    unwrittenMs = null
    try {
      setting.write(ms)
    } catch (cause) {
      // A disk that is full, or another program that holds the file: the next write comes within seconds of trade.
      onFault(cause)
    }
  }

  return {
    read() {
      const highest = Math.max(VerifiedTime.safeParse(setting.read()).data ?? 0, atLeastMs ?? 0)
      return highest === 0 ? null : highest
    },
    write(ms) {
      if (unwrittenMs === null) setImmediate(flush)
      unwrittenMs = ms
    },
    flush,
  }
}
