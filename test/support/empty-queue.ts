import type { Queue } from '../../main/contract/snapshot.ts'

export const emptyQueue: Queue = {
  waiting: 0,
  oldestAt: null,
  review: 0,
  toHandOn: 0,
  unreadable: 0,
  paused: false,
}
