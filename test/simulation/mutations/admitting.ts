import type { Mutation } from './mutation.ts'

const session = 'main/shop/session.ts'
const digest = "inputDigest: createHash('sha256').update(canonical(input)).digest('base64'),"

/** Whose orders are carried out. */
export const admittingMutations: readonly Mutation[] = [
  {
    name: 'an approval admits another request',
    file: session,
    find: 'if (given?.of.channel !== channel || ',
    replace: 'if (given === null || channel === "" || ',
  },
  {
    name: 'an approval admits another input',
    file: session,
    find: ' || given.of.inputDigest !== inputDigest',
    replace: '',
  },
  {
    name: 'what is approved is known by its channel alone',
    file: 'main/ipc/person-request.ts',
    find: digest,
    replace: "inputDigest: createHash('sha256').update(canonical(name)).digest('base64'),",
  },
  {
    name: 'an approval is good for ever',
    file: session,
    find: 'return elapsed() > given.until ? null : given.by',
    replace: 'return elapsed() > given.until ? given.by : given.by',
  },
  {
    name: 'an approval is good twice',
    file: session,
    find: '    approval = null\n    return elapsed()',
    replace: '    return elapsed()',
  },
  {
    name: 'somebody who may do one of two things approves both',
    file: session,
    find: 'return needs.every((need) => mayDo(role, need))',
    replace: 'return needs.length === 0 || needs.some((need) => mayDo(role, need))',
  },
  {
    name: 'a sign-in leaves no trace',
    file: session,
    find: "parts.record({ event: 'signed-in', by: checked.value.name })",
    replace: '',
  },
  {
    name: 'a refused PIN leaves no trace',
    file: session,
    find: "checked.error.code === 'wrong-pin' && whose !== null",
    replace: "checked.error.code === 'locked-out' && whose !== null",
  },
  {
    name: 'an approval leaves no trace',
    file: session,
    find: "parts.record({ event: 'approved', by,",
    replace: "if (by === '') parts.record({ event: 'approved', by,",
  },
  {
    name: 'the audit trail keeps the PIN',
    file: 'main/ipc/serve-request.ts',
    find: 'kind.audited?.includes(field)',
    replace: "typeof field === 'string'",
  },
  {
    name: 'an order of an owner leaves no trace',
    file: 'main/contract/shop-requests.ts',
    find: "audited: ['id', 'name', 'role'],",
    replace: '',
  },
]
