import { readdirSync } from 'node:fs'
import { memoryMb, processTree } from '../bench/start/process-tree.ts'
import { quantile } from '../../renderer/scanner/statistics.ts'
import type { TillApp } from '../support/till-app.ts'

/** How the till is after so many scans. */
export interface Sample {
  readonly scans: number
  /** Proportional memory of all its processes. */
  readonly memoryMb: number
  /** Open files, sockets and devices of all its processes. */
  readonly handles: number
  /** Between two frames of the page, ms. */
  readonly frameMs: { readonly median: number; readonly p99: number }
}

/** For so long the page counts its frames. */
const framesMs = 1000

/** Looks at the till, after garbage was collected in page and main process. */
export async function sampleOf({ page, processId }: TillApp, scans: number): Promise<Sample> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  const frames = await page.evaluate(countFrames, framesMs)
  return {
    scans,
    memoryMb: memoryMb(processId),
    handles: processTree(processId).reduce((sum, id) => sum + handlesOf(id), 0),
    frameMs: { median: quantile(frames, 0.5), p99: quantile(frames, 0.99) },
  }
}

function countFrames(ms: number): Promise<number[]> {
  return new Promise((resolve) => {
    const gaps: number[] = []
    const from = performance.now()
    let last = from
    const next = (now: number): void => {
      gaps.push(now - last)
      last = now
      if (now - from < ms) requestAnimationFrame(next)
      // The first gap began before the first frame.
      else resolve(gaps.slice(1))
    }
    requestAnimationFrame(next)
  })
}

function handlesOf(processId: number): number {
  try {
    return readdirSync(`/proc/${processId}/fd`).length
  } catch {
    // It has ended since.
    return 0
  }
}

/** What a quantity gains per 1,000 scans, by least squares, after the first fifth, in which the program warms up. */
export function slopeOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const warm = samples.slice(Math.floor(samples.length / 5))
  const meanX = mean(warm.map(({ scans }) => scans))
  const meanY = mean(warm.map(of))
  const spread = warm.reduce((sum, { scans }) => sum + (scans - meanX) ** 2, 0)
  const joint = warm.reduce((sum, each) => sum + (each.scans - meanX) * (of(each) - meanY), 0)
  return spread === 0 ? 0 : (joint / spread) * 1000
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)
}
