import type { BenchRow } from './bench-row.ts'
import { corpus, families, undecidableFamilies } from './corpus/corpus.ts'
import { Contest, total, type Score, type Standing } from './scanner/contest.ts'
import {
  keyboardBarcodeScanner,
  noDecoder,
  onScan,
  ours,
  simpleBarcodeScanner,
  useScanDetection,
  useSymbologyScanner,
} from './scanner/contestants.ts'

const seed = 20_261_123
/** `SCANNER_STREAMS` sets a shorter run for work on the decoder. */
const streams = Number(process.env['SCANNER_STREAMS'] ?? 100_000)
const undecidableStreams = Math.ceil(streams / 50)

/** Compares this decoder with published ones on the same key streams. */
export async function bench(): Promise<BenchRow[]> {
  const entrants = [
    noDecoder,
    ours,
    onScan,
    useScanDetection,
    keyboardBarcodeScanner,
    useSymbologyScanner,
    simpleBarcodeScanner,
  ]
  const contest = new Contest(entrants)
  contest.play(corpus(families, streams, seed))
  const [harness, mine, ...peers] = contest.standings
  if (harness === undefined || mine === undefined) throw new Error('no contestant')
  const perKey = harness.nanoseconds / harness.keys
  printTotals([mine, ...peers], perKey)
  printFamilies([mine, ...peers])
  const unclear = new Contest([ours, onScan, simpleBarcodeScanner])
  unclear.play(corpus(undecidableFamilies, undecidableStreams, seed))
  console.log(`\n${undecidableStreams} streams that nobody can decide (not counted):`)
  printFamilies(unclear.standings)
  return [
    row('scanner: wrong codes', mine, peers, (score) => score.wrong),
    row('scanner: false scans', mine, peers, (score) => score.false),
    row('scanner: scans missed', mine, peers, (score) => score.missed),
  ]
}

/** Compares ours with the best other decoder in that count. */
function row(
  measure: string,
  mine: Standing,
  peers: readonly Standing[],
  count: (score: Score) => number,
): BenchRow {
  const own = count(total(mine))
  const best = Math.min(...peers.map((peer) => count(total(peer))))
  const goal = measure.endsWith('missed') ? 1 : 0
  const ratio = own === 0 ? 0 : own / Math.max(best, 1)
  return { measure, ours: own, peer: best, ratio, goal, better: 'lower' }
}

function printTotals(standings: readonly Standing[], harnessPerKey: number): void {
  const rows = standings.map((standing) => {
    const { scans, wrong, missed, false: falseScans } = total(standing)
    const microseconds = (standing.nanoseconds / standing.keys - harnessPerKey) / 1000
    return {
      decoder: standing.name,
      scans,
      wrong,
      missed,
      false: falseScans,
      'µs per key event': Number(microseconds.toFixed(2)),
    }
  })
  console.table(rows)
}

/** Prints wrong / missed / false for each family. */
function printFamilies(standings: readonly Standing[]): void {
  const names = [...(standings[0]?.byFamily.keys() ?? [])]
  const rows = names.map((name) => {
    const cells = standings.map((standing) => {
      const score = standing.byFamily.get(name)
      return [standing.name, `${score?.wrong}/${score?.missed}/${score?.false}`]
    })
    return [name, Object.fromEntries(cells)]
  })
  console.table(Object.fromEntries(rows))
}
