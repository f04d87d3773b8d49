import type { Mutation } from './mutation.ts'

const roster = 'main/shop/roster.ts'
const recovery = 'main/shop/recovery.ts'
const staffTable = 'main/store/staff-table.ts'
const serveRequest = 'main/ipc/serve-request.ts'
const foundAnew =
  '    // The member may have left or been given another PIN while this one was hashed.\n    const record = find(id)\n'

/** Who comes in, and with what. */
export const signingInMutations: readonly Mutation[] = [
  {
    name: 'asking for the till again opens an open one anew, and signs everybody out',
    file: 'main/app/obstacle-orders.ts',
    find: 'if (host.obstacle() !== null) await host.reopen()',
    replace: 'await host.reopen()',
  },
  {
    name: 'nobody hears of an audit check that fails',
    file: 'main/app/audit-check.ts',
    find: 'if (parts.till() === open) parts.onFault(cause)',
    replace: 'throw cause',
  },
  {
    name: 'lockouts go by the clock of the PC',
    file: roster,
    find: 'lockedUntil.set(id, elapsed() + lockoutMs)',
    replace: 'lockedUntil.set(id, Date.now() + lockoutMs)',
  },
  {
    name: 'a restart ends every lockout',
    file: roster,
    find: '  for (const record of records.values()) startLockout(record)\n',
    replace: '',
  },
  {
    name: 'a lockout lasts longer each time, without an end',
    file: 'main/shop/lockout.ts',
    find: 'Math.min(firstLockoutMs * 2 ** beyond, longestLockoutMs)',
    replace: 'firstLockoutMs * 2 ** beyond',
  },
  {
    name: 'a wrong PIN is counted after it was checked',
    file: roster,
    find: '    saveRecord(countWrong(before))\n    const isRight = await pins.verify(pin, before.pinHash)\n',
    replace:
      '      const isRight = await pins.verify(pin, before.pinHash)\n      if (!isRight) saveRecord(countWrong(before))\n',
  },
  {
    name: 'what the file says by now is believed',
    file: roster,
    find: '    const record = records.get(id)\n',
    replace: '    const record = store.read().records.find((each) => each.id === id)\n',
  },
  {
    name: 'a member who was removed while their PIN was hashed comes back',
    file: roster,
    find: foundAnew,
    replace: foundAnew.replace('find(id)', 'records.get(id)'),
  },
  {
    name: 'a PIN that was changed while it was hashed opens',
    file: roster,
    find: 'if (isRight && record.pinHash === before.pinHash)',
    replace: 'if (isRight)',
  },
  {
    name: 'a member who was removed while their new PIN was hashed is saved',
    file: roster,
    find: '      if (late !== null) return err({ code: late })\n',
    replace: '',
  },
  {
    name: 'a PIN is checked on records that were closed',
    file: roster,
    find: "    if (isStopped) return err({ code: 'reopened' })\n",
    replace: '',
  },
  {
    name: 'staff that cannot be read is no staff',
    file: roster,
    find: 'isEmpty: () => others(null).length + unreadable === 0',
    replace: 'isEmpty: () => others(null).length === 0',
  },
  {
    name: 'the columns of a member are believed',
    file: staffTable,
    find: 'null : readRecord(row, text)',
    replace: 'null : { ...readRecord(row, text), wrongPins: row.wrong_pins }',
  },
  {
    name: 'a record of the first version is accepted after the conversion',
    file: staffTable,
    find: '(isConverted ? null : this.#openFirst(row))',
    replace: '(isConverted ? this.#openFirst(row) : this.#openFirst(row))',
  },
  {
    name: 'a sealed record is good for any member',
    file: staffTable,
    find: 'return `staff-record ${id}`',
    replace: "return `staff-record ${id === '' ? id : ''}`",
  },
  {
    name: 'an approval shows a cashier the recovery code',
    file: recovery,
    find: "if (person?.role !== 'owner') return err({ code: 'not-offered' })",
    replace: "if (person === null) return err({ code: 'not-offered' })",
  },
  {
    name: 'a recovery code is good twice',
    file: recovery,
    find: '      await keeper.keep(null)\n      return saved',
    replace: '      return saved',
  },
  {
    name: 'the code of an earlier owner lets somebody in as the next',
    file: 'main/shop/shop.ts',
    find: '        if (isFirst && saved.ok) {',
    replace: '        if (isFirst && !saved.ok) {',
  },
  {
    name: 'the code of an owner who left stays good',
    file: 'main/shop/shop.ts',
    find: '        if (roster.isEmpty()) await recovery.forget()\n',
    replace: '',
  },
  {
    name: 'any code is the recovery code',
    file: recovery,
    find: 'hash === null || !(await pins.verify(code, hash))',
    replace: 'hash === null',
  },
  {
    name: 'a recovery code makes an owner of a cashier',
    file: recovery,
    find: "roster.members().filter(({ role }) => role === 'owner')",
    replace: 'roster.members()',
  },
  {
    name: 'anybody takes over what a shift left open',
    file: 'main/shop/shifts.ts',
    find: "if (!may(shift.handedOn.to)) return err({ code: 'not-the-successor' })",
    replace:
      "if (by.name === '' && !may(shift.handedOn.to)) return err({ code: 'not-the-successor' })",
  },
  {
    name: 'a typed array is an input',
    file: serveRequest,
    find: 'if (!isPlainData(raw)) {',
    replace: 'if (!isPlainData(null)) {',
  },
  {
    name: 'what a closed frame throws goes to the page',
    file: 'main/ipc/sender-frame.ts',
    find: '    // Nobody is there any more to be told.\n    return null\n',
    replace: '    return { url: String(read()?.url), parent: null }\n',
  },
]
