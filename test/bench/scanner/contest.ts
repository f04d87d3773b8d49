import type { KeyStream } from '../corpus/key-stream.ts'
import type { Contestant } from './contestants.ts'
import { keyEvent } from './key-event.ts'

export interface Score {
  scans: number
  /** Codes delivered that were not scanned, although something was scanned. */
  wrong: number
  /** Complete scans whose code was not delivered. */
  missed: number
  /** Codes delivered although nothing was scanned. */
  false: number
}

export interface Standing {
  readonly name: string
  readonly byFamily: Map<string, Score>
  keys: number
  nanoseconds: number
}

/**
 * After a stream, everything that waits for silence is done within this time, ms; the next stream begins a minute
 * later.
 */
const settleMs = 3000
const apartMs = 60_000

/** Plays every stream to every contestant and counts the results. */
export class Contest {
  readonly standings: readonly Standing[]
  private readonly entries: readonly { contestant: Contestant; heard: string[] }[]

  constructor(entrants: readonly ((onCode: (code: string) => void) => Contestant)[]) {
    this.entries = entrants.map((enter) => {
      const heard: string[] = []
      return { contestant: enter((code) => heard.push(code)), heard }
    })
    this.standings = this.entries.map(({ contestant }) => ({
      name: contestant.name,
      byFamily: new Map(),
      keys: 0,
      nanoseconds: 0,
    }))
  }

  play(streams: Iterable<KeyStream>): void {
    for (const stream of streams) {
      for (const [at, { contestant, heard }] of this.entries.entries()) {
        const standing = this.standings[at]
        if (standing === undefined) continue
        heard.length = 0
        standing.nanoseconds += playTo(contestant, stream)
        standing.keys += stream.strokes.length
        judgeReply(stream, heard, standing)
      }
    }
  }
}

function playTo({ clock, dispatch }: Contestant, stream: KeyStream): number {
  clock.skip(apartMs)
  const first = stream.strokes[0]?.at ?? 0
  const offset = clock.now - Math.min(0, first)
  const events = stream.strokes.map((stroke) => keyEvent(stroke, offset))
  const started = process.hrtime.bigint()
  for (const event of events) {
    const stall = stream.stalls.find(
      ({ from, to }) => event.timeStamp >= from + offset && event.timeStamp < to + offset,
    )
    if (stall === undefined) clock.advance(event.timeStamp)
    else {
      clock.advance(stall.from + offset)
      clock.stall(stall.to + offset)
    }
    dispatch(event)
  }
  clock.advance(clock.now + settleMs)
  return Number(process.hrtime.bigint() - started)
}

function judgeReply(stream: KeyStream, heard: readonly string[], standing: Standing): void {
  const score = scoreOf(standing, stream.family)
  const open = [...stream.scans]
  score.scans += stream.scans.filter((scan) => scan.required).length
  for (const raw of heard) {
    // A terminator left at the end of the code does not count as wrong.
    const code = raw.replace(/[\r\n\t]+$/u, '')
    const at = open.findIndex((scan) => scan.text === code || scan.also.includes(code))
    if (at !== -1) open.splice(at, 1)
    else if (stream.scans.length === 0) score.false += 1
    else score.wrong += 1
  }
  score.missed += open.filter((scan) => scan.required).length
}

function scoreOf(standing: Standing, family: string): Score {
  const score = standing.byFamily.get(family) ?? { scans: 0, wrong: 0, missed: 0, false: 0 }
  standing.byFamily.set(family, score)
  return score
}

export function total(standing: Standing): Score {
  const sum = { scans: 0, wrong: 0, missed: 0, false: 0 }
  for (const score of standing.byFamily.values()) {
    sum.scans += score.scans
    sum.wrong += score.wrong
    sum.missed += score.missed
    sum.false += score.false
  }
  return sum
}
