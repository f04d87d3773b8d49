import type { Mutation } from './mutation.ts'

const mismatch = 'main/anchor/mismatch.ts'
const keeper = 'main/anchor/anchor-keeper.ts'
const checked = 'main/app/live/checked-store.ts'
const live = 'main/app/live/open-live-till.ts'
const owner = 'main/app/live/owner-check.ts'
const seal = 'main/store/shop-seal.ts'
const chain = 'main/store/audit-chain.ts'
const rowCheck = 'main/store/row-check.ts'
const bookings = 'main/store/booking-digests.ts'

/** What the till believes of its own files. */
export const anchoringMutations: readonly Mutation[] = [
  {
    name: 'staff that was changed in the file is believed',
    file: mismatch,
    find: "if (changed.includes('staff')) return 'tampered-staff'",
    replace: '',
  },
  {
    name: 'settings that were changed in the file are believed',
    file: mismatch,
    find: "if (changed.includes('settings')) return 'tampered-settings'",
    replace: '',
  },
  {
    name: 'shifts that were changed in the file are believed',
    file: mismatch,
    find: "if (changed.includes('shifts')) return 'tampered-records'",
    replace: '',
  },
  {
    name: 'late bookings that were deleted from the file are not missed',
    file: mismatch,
    find: "return changed.includes('bookings') && !isRescued ? 'tampered-records' : null",
    replace: 'return null',
  },
  {
    name: 'an older file is believed',
    file: mismatch,
    find: 'if (!isRescued && !found.follows(anchor.audit))',
    replace: 'if (!isRescued && !found.follows(anchor.audit) && found.rows === -1)',
  },
  {
    name: 'older staff with what vouched for it is believed',
    file: mismatch,
    find: 'if (changed !== null || seal.generation >= anchor.generation) return changed',
    replace: 'if (changed !== null || seal.generation >= 0) return changed',
  },
  {
    name: 'a file without a seal counts as one from before the anchor',
    file: mismatch,
    find: "if (!isRescued) return seal === null ? 'other-database' : 'tampered-staff'",
    replace: 'if (!isRescued) return null',
  },
  {
    name: 'a lost anchor is made anew without a word',
    file: mismatch,
    find: "found.seal === 'unreadable' || found.seal?.isAnchored === true",
    replace: "found.seal === 'unreadable' && found.rows === -1",
  },
  {
    name: 'every older file counts as the backup that is being restored',
    file: mismatch,
    find: 'return restoring !== null && follows(restoring)',
    replace: 'return restoring === null || follows(restoring)',
  },
  {
    name: 'a backup that a person restores does not fit',
    file: live,
    find: '({ ...present, restoring: end })',
    replace: '({ ...present, restoring: end && null })',
  },
  {
    name: 'a backup that was restored once is taken again',
    file: checked,
    find: 'return { ...forward(anchor, state), restoring: null }',
    replace: 'return forward(anchor, state)',
  },
  {
    name: 'an owner who passes one thing passes everything',
    file: 'main/app/live/mismatch-desk.ts',
    find: 'taken?.code === code ? taken.by : null',
    replace: 'code && taken ? taken.by : null',
  },
  {
    name: 'the staff of a file that does not fit stays',
    file: checked,
    find: '{ staff: staffLeft(mismatch, known) }',
    replace: '{ staff: staffLeft(mismatch, null) }',
  },
  {
    name: 'what an owner took as it is is recorded as usual',
    file: checked,
    find: "mismatch === null ? 'anchored' : 'mismatch-accepted'",
    replace: "mismatch === null ? 'anchored' : 'anchored'",
  },
  {
    name: 'edited settings of the merchant are used',
    file: live,
    find: '!known.profile.includes(profileDigest)',
    replace: "!known.profile.includes(profileDigest) && profileDigest === ''",
  },
  {
    name: 'what was changed behind the open till is vouched for with the next save',
    file: seal,
    find: 'const isAsSaved = sealed?.digests[part] === this.#digest(part)',
    replace: 'const isAsSaved = sealed !== null',
  },
  {
    name: 'a trigger in the file acts',
    file: 'main/store/database.ts',
    find: '    requireOwnSchema(database)\n',
    replace: '',
  },
  {
    name: 'a change of the staff is not counted',
    file: seal,
    find: 'generation: sealed.generation + 1',
    replace: 'generation: sealed.generation',
  },
  {
    name: 'the end of the audit trail may be cut off',
    file: chain,
    find: 'return isSame(last, this.#head.digest)\n  }',
    replace: 'return last.length > 0\n  }',
  },
  {
    name: 'wrong PINs before an obstacle are not counted',
    file: owner,
    find: 'const tried = wrongPins() + 1',
    replace: 'const tried = Math.min(wrongPins(), 0) + 1',
  },
  {
    name: 'a lockout before an obstacle ends with the process',
    file: owner,
    find: 'let lockedSince = elapsed()',
    replace: 'let lockedSince = elapsed() - 900_000',
  },
  {
    name: 'an anchor is changed as it was known, not as it is',
    file: keeper,
    find: 'let next = stored.ok ? stored.value : null',
    replace: 'let next = stored.ok ? (known ?? stored.value) : null',
  },
  {
    name: 'an anchor that the keychain refused is forgotten',
    file: keeper,
    find: 'waiting = [...batch, ...waiting]',
    replace: 'waiting = [...waiting]',
  },
  {
    name: 'a keychain that is locked makes a new anchor',
    file: keeper,
    find: "      return err({ code: 'locked', detail: 'the keychain returned no anchor' })",
    replace: '      next = known',
  },
  {
    name: 'a row that was edited is believed',
    file: 'main/store/redemption-row.ts',
    find: 'isSame(mac, this.macOf(row)) ||',
    replace: 'isSame(mac, this.macOf(row)) || mac.length > 0 ||',
  },
  {
    name: 'a row without its digest is believed',
    file: 'main/store/redemption-row.ts',
    find: "if (mac === null) return !this.mustHaveMac || row['fresh'] === 1",
    replace: 'if (mac === null) return true',
  },
  {
    name: 'a row that was put back is believed',
    file: rowCheck,
    find: 'else differing.add(useRequestNo)',
    replace: 'else if (row === undefined) differing.add(useRequestNo)',
  },
  {
    name: 'a row that was deleted is not missed',
    file: rowCheck,
    find: 'row !== undefined && (mac === null ||',
    replace: 'row === undefined || (mac === null ||',
  },
  {
    name: 'a row that claims to be fresh is not found again',
    file: rowCheck,
    find: "if (row['fresh'] !== 0 && last <= oldestFresh) return false",
    replace: '',
  },
  {
    name: 'what was recorded last has no digest while the till is closed',
    file: 'main/store/store.ts',
    find: '      saving(chain.transaction(() => writer.bindFresh()))\n',
    replace: '',
  },
  {
    name: 'late bookings that were edited in the file are believed',
    file: bookings,
    find: 'if (!(mac instanceof Uint8Array) || !isSame(mac, this.macOf(row))) return false',
    replace: '',
  },
  {
    name: 'an edited late booking is vouched for anew at each upgrade',
    file: bookings,
    find: "if (all || row['mac'] === null)",
    replace: 'if (!all)',
  },
  {
    name: 'the keychain hears of a change that is not saved yet',
    file: seal,
    find: 'if (this.#database.inTransaction) queueMicrotask(() => this.#tell())\n      else this.#tell()',
    replace: 'this.#tell()',
  },
]
