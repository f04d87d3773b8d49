import type { ScanSource } from '../../main/contract/snapshot.ts'

/** What any scanner, or a hand, brought in. */
export interface Reading {
  readonly text: string
  readonly source: ScanSource
}
