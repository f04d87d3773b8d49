import { createRedemptions } from './0001-create-redemptions.ts'
import { completeOutbox } from './0002-complete-outbox.ts'
import { createHistory } from './0004-create-history.ts'
import { createShop } from './0005-create-shop.ts'
import { createPresentations } from './0006-create-presentations.ts'
import { createGenerations } from './0007-create-generations.ts'
import { keepResolutions } from './0008-keep-resolutions.ts'
import { indexLater } from './0009-index-later.ts'

/** In order, never changed once released: a file's `user_version` is how many of them it has. */
export const migrations: readonly string[] = [
  createRedemptions,
  completeOutbox,
  createHistory,
  createShop,
  createPresentations,
  createGenerations,
  keepResolutions,
  indexLater,
]
