import { z } from 'zod'
import type { VerifiedTimeMemory } from '../../wechatpay/reply-guard.ts'

const VerifiedTime = z.int().positive()

/**
 * Keeps the highest verified time sealed among the settings of the records. What cannot be read, or written, leaves the client
 * with what it has verified since its start.
 */
export function createVerifiedTimeMemory(
  setting: {
    read(): unknown
    write(ms: number): void
  },
  onFault: (cause: unknown) => void,
): VerifiedTimeMemory {
  return {
    read: () => VerifiedTime.safeParse(setting.read()).data ?? null,
    write(ms) {
      try {
        setting.write(ms)
      } catch (cause) {
        // A disk that is full, or another program that holds the file: the next write comes within seconds of trade.
        onFault(cause)
      }
    },
  }
}
