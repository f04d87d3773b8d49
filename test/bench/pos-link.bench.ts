import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { LinkedTill } from '../support/linked-till.ts'
import type { BenchRow } from './bench-row.ts'

const coupons = 200
const allowedMs = 10
const allowedMb = 10

/** Measures how long after the counter's own event a POS has the verdict, over loopback, and what an idle link takes. */
export async function bench(): Promise<BenchRow[]> {
  const till = await LinkedTill.open({ isOn: false })
  const before = usedMb()
  await till.set({ isOn: true })
  const token = await till.pair()
  const stream = await till.ask(token, 'GET', '/v1/events')
  const taken = usedMb() - before
  const latencies: number[] = []
  let shownAt = 0
  let heard = Promise.withResolvers<void>()
  let wanted = ''
  till.scripted.till.onCounter(({ shown }) => {
    if (shown?.verdict?.instruction === 'give') shownAt = performance.now()
  })
  const reading = (async () => {
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      if (wanted === '' || !chunk.includes(wanted)) continue
      latencies.push(performance.now() - shownAt)
      wanted = ''
      heard.resolve()
    }
  })()
  for (let number = 0; number < coupons; number += 1) {
    const orderId = `B${number}`
    await till.ask(token, 'POST', '/v1/orders', { orderId, totalFen: 6800 }, orderId)
    heard = Promise.withResolvers()
    wanted = '"payFen":5800'
    await till.scripted.scan(number)
    await heard.promise
    await till.ask(token, 'DELETE', `/v1/orders/${orderId}`)
    // Fewer than a POS may ask in a second.
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  await till.close()
  await reading.catch(() => undefined)
  const median = latencies.toSorted((one, other) => one - other)[coupons / 2] ?? Number.NaN
  return [
    row(
      'verdict at the POS after the counter has it, ms (median), against 10 ms',
      median,
      allowedMs,
    ),
    row('memory of an idle link with one listener, MB, against 10 MB', taken, allowedMb),
  ]
}

/** What is in use after rubbish was collected: of the heap, and beside it. */
function usedMb(): number {
  setFlagsFromString('--expose-gc')
  z.function().parse(runInNewContext('gc'))()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}

function row(measure: string, ours: number, peer: number): BenchRow {
  return { measure, ours, peer, ratio: ours / peer, goal: 1, better: 'lower' }
}
