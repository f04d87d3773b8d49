import { createRedemptions } from './0001-create-redemptions.ts'
import { completeOutbox } from './0002-complete-outbox.ts'
import { createHistory } from './0003-create-history.ts'
import { createShop } from './0004-create-shop.ts'
import { createPresentations } from './0005-create-presentations.ts'
import { createGenerations } from './0006-create-generations.ts'
import { keepResolutions } from './0007-keep-resolutions.ts'
import { indexLater } from './0008-index-later.ts'
import { keepWords } from './0009-keep-words.ts'
import { bindRows } from './0010-bind-rows.ts'
import { bookLateChanges } from './0011-book-late-changes.ts'
import { bindBookings } from './0012-bind-bookings.ts'
import { createPos } from './0013-create-pos.ts'
import { hearOfPeers } from './0014-hear-of-peers.ts'

/**
 * The SQL of each migration, in order; a file's `user_version` is the number of those that were applied. A released one
 * is never changed: `migrations.test.ts` compares the schema after each.
 */
export const migrations: readonly string[] = [
  createRedemptions,
  completeOutbox,
  createHistory,
  createShop,
  createPresentations,
  createGenerations,
  keepResolutions,
  indexLater,
  keepWords,
  bindRows,
  bookLateChanges,
  bindBookings,
  createPos,
  hearOfPeers,
]
