import { recordKeys } from '../support/key-log.ts'
import { watchfulKeyboard } from '../support/watchful-keyboard.ts'
import { openTill, scanOne, settle, type Shop } from './shop.ts'
import { type Sample, sampleOf } from './samples.ts'

const perOutage = 60
const outageScans = 15
const perSample = 50
/** Screens that a person opens between customers, and what brings the till's own back. */
const screens = ['F3', 'F12', 'F10', 'F7', 'F1'] as const

export interface Traded {
  readonly samples: readonly Sample[]
  /** From the end of a scan until it was judged, ms. */
  readonly verdictMs: readonly number[]
  /** How many scans were made once more. */
  readonly again: number
}

/** So many customers one after the other, with outages, and screens opened and closed in between. Ends with an empty queue. */
export async function trade(alone: Shop, scans: number): Promise<Traded> {
  const till = await openTill(alone)
  await recordKeys(till.page)
  const shop = { ...alone, keyboard: watchfulKeyboard(alone.keyboard, [till]) }
  const samples: Sample[] = [await sampleOf(till, 0)]
  const verdictMs: number[] = []
  let again = 0
  try {
    for (let at = 1; at <= scans; at += 1) {
      if (at % perOutage === 0) await shop.standIn.control.network({ network: 'cut' })
      const scanned = await scanOne(shop, till)
      verdictMs.push(scanned.tookMs)
      again += scanned.again
      if (at % perOutage === outageScans) await shop.standIn.control.network({ network: 'up' })
      if (at % perSample !== 0 && at !== scans) continue
      for (const key of screens) {
        await shop.keyboard.press(key)
        await shop.keyboard.press('Escape')
      }
      samples.push(await sampleOf(till, at))
      console.log(`${at} scans: ${samples.at(-1)?.memoryMb.toFixed(0)} MB`)
    }
    await settle(shop, till)
  } finally {
    await till.close()
  }
  return { samples, verdictMs, again }
}
