import { existsSync } from 'node:fs'
import { cachedEngine, engineVariable } from '../../build/chain/engine-recipe.ts'

/** The `nats-server` that `npm test` has found or fetched; `null` where there is none. */
export const engineHere: string | null = find()

/** Why the tests of a shop of tills are skipped; `null` where they are not. */
export const noEngine: string | null =
  engineHere === null ? 'no nats-server, see docs/chain.md' : null

function find(): string | null {
  const named = process.env[engineVariable]
  if (named !== undefined && named !== '') return named
  return existsSync(cachedEngine()) ? cachedEngine() : null
}
