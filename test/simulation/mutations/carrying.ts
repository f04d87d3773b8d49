import type { Mutation } from './mutation.ts'

const takeOver = 'main/redemption/take-over.ts'
const table = 'main/store/hand-over-table.ts'

/** Bugs in hand-overs between tills, and in what happens after records are lost. */
export const carryingMutations: readonly Mutation[] = [
  {
    name: 'an entry that comes back from another till is not reopened',
    file: takeOver,
    find: 'return (isGoneOn || open.has(here.state)) && entry',
    replace: 'return ((isGoneOn && false) || open.has(here.state)) && entry',
  },
  {
    name: 'an old file reopens an entry that has moved on',
    file: takeOver,
    find: '&& entry.handOvers > here.handOvers',
    replace: '&& entry.handOvers >= here.handOvers',
  },
  {
    name: 'an old file reopens an entry that was decided',
    file: takeOver,
    find: 'return (isGoneOn || open.has(here.state)) && entry.handOvers > here.handOvers',
    replace: 'return !open.has(here.state) || entry.handOvers > here.handOvers + Number(isGoneOn)',
  },
  {
    name: 'hand-overs are not counted',
    file: 'main/redemption/redemption.ts',
    find: 'handOvers: redemption.handOvers + 1',
    replace: 'handOvers: 1',
  },
  {
    name: 'an entry that comes back is stored without its request',
    file: table,
    find: 'writer.replace(redemption, audit.at)',
    replace: 'writer.update(redemption, audit.at)',
  },
  {
    name: 'every export counts as the newest',
    file: 'main/store/exported-hand-overs.ts',
    find: 'SELECT at, sealed FROM hand_over WHERE id = ?',
    replace: 'SELECT at, sealed FROM hand_over WHERE id >= ? ORDER BY id DESC',
  },
  {
    name: 'a hand-over writes no audit row',
    file: table,
    find: '      chain.append(ended.useRequestNo, audit, writer.update(ended, audit.at))\n',
    replace: '      writer.update(ended, audit.at)\n',
  },
  {
    name: 'an entry that was taken over is sent although its coupon is redeemed here',
    file: takeOver,
    find: "    case 'redeemed':\n      return 'redeemed-here-before'\n",
    replace: "    case 'redeemed':\n      return null\n",
  },
  {
    name: 'an entry that was taken over is stopped because of a number that was not redeemed',
    file: takeOver,
    find: "      return reason === 'handed-over' || resolution === 'not-redeemed'\n",
    replace: "      return reason === 'handed-over'\n",
  },
  {
    name: 'an entry that was taken over redeems a coupon that was returned here',
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
    name: 'an entry honoured at another till is closed without a person',
    file: takeOver,
    find: '!entry.honoured && entry.given === null && hadNoEffect(entry)',
    replace: 'hadNoEffect(entry)',
  },
  {
    name: 'an entry perhaps sent by another till is closed',
    file: takeOver,
    find: 'entry.given === null && hadNoEffect(entry)',
    replace: 'entry.given === null',
  },
  {
    name: 'a person can send an entry again that was stopped',
    file: takeOver,
    find: '  if (!isStopped(reason)) return true\n',
    replace: '  if (reason !== undefined) return true\n',
  },
  {
    name: 'a coupon that another till goes on with gets a new number',
    file: 'main/store/redemption-table.ts',
    find: "  ELSE 0 END + (reason IS 'handed-over')`\n",
    replace: '  ELSE 0 END`\n',
  },
  {
    name: 'the same code in two batches counts as one coupon',
    file: takeOver,
    find: 'other.stockId === null || other.stockId === stockId',
    replace: 'other.stockId !== undefined',
  },
  {
    name: 'open entries count as never sent after a restore',
    file: 'main/store/lost-time.ts',
    find: 'SET uncertain = 1 WHERE',
    replace: 'SET uncertain = uncertain WHERE',
  },
  {
    name: 'entries perhaps held here in lost time count as never sent',
    file: takeOver,
    find: 'entry.uncertain || hasLostTime || isOpenHere',
    replace: 'entry.uncertain || (hasLostTime && false) || isOpenHere',
  },
  {
    name: 'a file of another merchant is taken over',
    file: takeOver,
    find: 'return sentIn(body).appid !== appid',
    replace: "return sentIn(body).appid === '' && appid === ''",
  },
  {
    name: 'a damaged log leaves nothing in doubt',
    file: 'main/store/database.ts',
    find: 'if (keptAs !== null) markLostTime',
    replace: 'if (keptAs === null && first === null) markLostTime',
  },
  {
    name: 'an extra field in a file throws',
    file: 'main/store/hand-over-entry.ts',
    find: '  if (faults.length > 0) return err(faults)\n',
    replace:
      "  if (faults.length === 1) throw new Error('one field more')\n  if (faults.length > 0) return err(faults)\n",
  },
  {
    name: 'a file may have the same number twice',
    file: 'main/store/hand-over-entry.ts',
    find: 'return new Set(numbers).size === numbers.length',
    replace: 'return numbers.length >= 0',
  },
  {
    name: 'a return handed over without its request redeems',
    file: 'main/store/hand-over-entry.ts',
    find: "(state === 'returning' && couponReturn === null)",
    replace: "(state === 'returning' && couponReturn === undefined)",
  },
]
