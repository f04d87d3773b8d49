import type { readMerchantPair } from '../credentials/merchant-pair.ts'
import type { readBackup } from '../store/backup.ts'
import type { openSealed } from './open-sealed-backup.ts'
import type { readHandOverFile } from './read-hand-over.ts'

/**
 * What is made of bytes that came from outside, on a thread of its own (`run-apart.ts`). Each takes and returns what can
 * be copied between threads, and returns its faults. Loaded one by one: no thread needs more than its own.
 */
export const tasks = {
  'merchant-pair': async (...given: Parameters<typeof readMerchantPair>) => {
    const { readMerchantPair: read } = await import('../credentials/merchant-pair.ts')
    return read(...given)
  },
  'hand-over': async (...given: Parameters<typeof readHandOverFile>) => {
    const { readHandOverFile: read } = await import('./read-hand-over.ts')
    return read(...given)
  },
  backup: async (...given: Parameters<typeof readBackup>) => {
    const { readBackup: read } = await import('../store/backup.ts')
    return read(...given)
  },
  'sealed-backup': async (...given: Parameters<typeof openSealed>) => {
    const { openSealed: open } = await import('./open-sealed-backup.ts')
    return open(...given)
  },
}

export type TaskName = keyof typeof tasks
export type TaskInput<N extends TaskName> = Parameters<(typeof tasks)[N]>
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<(typeof tasks)[N]>>

/** What a thread is started with. */
export interface Task<N extends TaskName = TaskName> {
  readonly name: N
  readonly input: TaskInput<N>
}
