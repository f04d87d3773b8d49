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
]
