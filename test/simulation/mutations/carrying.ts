import type { Mutation } from './mutation.ts'

const takeOver = 'main/redemption/take-over.ts'
const table = 'main/store/hand-over-table.ts'

/** What goes from till to till, and what a till's records lose. */
export const carryingMutations: readonly Mutation[] = [
  {
    name: 'what comes back is not opened again',
    file: takeOver,
    find: 'return (isGoneOn || open.has(here.state)) && entry',
    replace: 'return ((isGoneOn && false) || open.has(here.state)) && entry',
  },
  {
    name: 'an old file opens what has moved on',
    file: takeOver,
    find: '&& entry.handOvers > here.handOvers',
    replace: '&& entry.handOvers >= here.handOvers',
  },
  {
    name: 'an old file opens what was decided',
    file: takeOver,
    find: 'return (isGoneOn || open.has(here.state)) && entry.handOvers > here.handOvers',
    replace: 'return !open.has(here.state) || entry.handOvers > here.handOvers + Number(isGoneOn)',
  },
  {
    name: 'hand-overs are not counted on',
    file: 'main/redemption/redemption.ts',
    find: 'handOvers: redemption.handOvers + 1',
    replace: 'handOvers: 1',
  },
  {
    name: 'what comes back is written without its request',
    file: table,
    find: 'this.#table.replace(redemption)',
    replace: 'this.#table.update(redemption)',
  },
  {
    name: 'every export is the newest',
    file: table,
    find: 'SELECT sealed FROM hand_over WHERE id = ?',
    replace: 'SELECT sealed FROM hand_over WHERE id >= ? ORDER BY id DESC',
  },
  {
    name: 'forget the audit row of a hand-over',
    file: table,
    find: '      this.#chain.append(ended.useRequestNo, audit)\n',
    replace: '',
  },
  {
    name: 'an entry that was taken over is sent although its coupon is redeemed here',
    file: takeOver,
    find: "    case 'redeemed':\n      return 'redeemed-here-before'\n",
    replace: "    case 'redeemed':\n      return null\n",
  },
  {
    name: 'an entry that was taken over is stopped for a number that was not redeemed',
    file: takeOver,
    find: "      return reason === 'handed-over' || resolution === 'not-redeemed'\n",
    replace: "      return reason === 'handed-over'\n",
  },
  {
    name: 'an entry that was taken over redeems what was given back here',
    file: takeOver,
    find: "return entry.state === 'returning' ? null : 'returned-here-before'",
    replace: 'return null',
  },
  {
    name: 'two numbers of one coupon are sent side by side',
    file: takeOver,
    find: "return 'waiting-here-already'",
    replace: 'return null',
  },
  {
    name: 'what was honoured elsewhere is closed unseen',
    file: takeOver,
    find: '!entry.honoured && entry.given === null && hadNoEffect(entry)',
    replace: 'hadNoEffect(entry)',
  },
  {
    name: 'what was perhaps sent elsewhere is closed',
    file: takeOver,
    find: 'entry.given === null && hadNoEffect(entry)',
    replace: 'entry.given === null',
  },
  {
    name: 'a person sends again what was stopped',
    file: takeOver,
    find: '  if (!isStopped(reason)) return true\n',
    replace: '  if (reason !== undefined) return true\n',
  },
  {
    name: 'a new number for what another till goes on with',
    file: 'main/store/redemption-table.ts',
    find: "  ELSE 0 END + (reason IS 'handed-over')`\n",
    replace: '  ELSE 0 END`\n',
  },
  {
    name: 'codes of two batches are one coupon',
    file: takeOver,
    find: 'other.stockId === null || other.stockId === stockId',
    replace: 'other.stockId !== undefined',
  },
  {
    name: 'what is open after a restore is known not to have been sent',
    file: 'main/store/lost-time.ts',
    find: 'SET uncertain = 1 WHERE',
    replace: 'SET uncertain = uncertain WHERE',
  },
  {
    name: 'what was perhaps here in a lost time is known not to have been sent',
    file: takeOver,
    find: 'entry.uncertain || hasLostTime || isOpenHere',
    replace: 'entry.uncertain || (hasLostTime && false) || isOpenHere',
  },
  {
    name: 'take over for another merchant',
    file: takeOver,
    find: 'return (sentIn(body).appid ?? appid) !== appid',
    replace: "return sentIn(body).appid === '' && appid === ''",
  },
  {
    name: 'a damaged log leaves nothing in doubt',
    file: 'main/store/database.ts',
    find: 'if (keptAs !== null) markLostTime',
    replace: 'if (keptAs === null && first === null) markLostTime',
  },
  {
    name: 'one field more in a file is an exception',
    file: 'main/store/hand-over-entry.ts',
    find: 'read.success) return ok(read.data)\n',
    replace:
      'read.success) return ok(read.data)\n  if (read.error.issues.length === 1) throw read.error\n',
  },
  {
    name: 'the same number twice in a file',
    file: 'main/store/hand-over-entry.ts',
    find: 'return new Set(numbers).size === numbers.length',
    replace: 'return numbers.length >= 0',
  },
  {
    name: 'a return without its request redeems',
    file: 'main/store/hand-over-entry.ts',
    find: "(state === 'returning' && giveBack === null)",
    replace: "(state === 'returning' && giveBack === undefined)",
  },
]
