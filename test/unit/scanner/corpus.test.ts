import { expect, test } from 'vitest'
import { corpus, families } from '../../bench/corpus/corpus.ts'
import { Contest, total } from '../../bench/scanner/contest.ts'
import { ours } from '../../bench/scanner/contestants.ts'

/** A short run of `npm run bench scanner`: a hundred streams of every family. */
test(
  'the corpus yields no wrong code, no false scan, and hardly a missed scan',
  { timeout: 60_000 },
  () => {
    const contest = new Contest([ours])
    contest.play(corpus(families, families.size * 100, 1))
    const [standing] = contest.standings
    if (standing === undefined) throw new Error('no contestant')
    const failed = [...standing.byFamily].filter(([, score]) => score.wrong + score.false > 0)
    expect(failed).toEqual([])
    const { scans, missed } = total(standing)
    expect(missed / scans).toBeLessThan(0.02)
    const misses = [...standing.byFamily].filter(([, score]) => score.missed > 0)
    const known = ['a busy computer', 'a finger just before', 'between typing']
    expect(misses.map(([family]) => family).filter((family) => !known.includes(family))).toEqual([])
  },
)

test('the same seed gives the same streams', () => {
  const [one, two] = [corpus(families, 50, 3), corpus(families, 50, 3)].map((streams) => [
    ...streams,
  ])
  expect(one).toEqual(two)
})
