import { err } from '../contract/result.ts'
import type { ReadPair } from '../credentials/merchant-pair.ts'
import { runApart } from './run-apart.ts'

/** Reads the merchant's certificate and key from files that somebody handed over. */
export const readPairApart: ReadPair = async (files, merchantId) => {
  const read = await runApart('merchant-pair', files, merchantId)
  return read.ok ? read.value : err({ code: 'file-too-demanding' })
}
