import type { Mutation } from './mutation.ts'

const envelope = 'main/outside/hand-over-envelope.ts'
const entry = 'main/store/hand-over-entry.ts'

/** Which hand-over files are believed. */
export const handingOverMutations: readonly Mutation[] = [
  {
    name: 'the signature of a hand-over is not looked at',
    file: envelope,
    find: "return isSigned(message, head, signature) ? ok(sealed) : err({ code: 'signature-wrong' })",
    replace: 'return isSigned(message, head, signature) ? ok(sealed) : ok(sealed)',
  },
  {
    name: 'the key that a hand-over brings is believed',
    file: envelope,
    find: "return reader.trusted.includes(key) ? null : 'other-certificate'",
    replace: "return reader.trusted.includes(key) || key !== '' ? null : 'other-certificate'",
  },
  {
    name: 'a hand-over without a signature is taken from anybody',
    file: envelope,
    find: "return isOwn(bytes, reader) ? ok(bytes) : err({ code: 'unsigned' })",
    replace: 'return ok(bytes)',
  },
  {
    name: 'practice is handed over to a live till',
    file: envelope,
    find: 'if (head.mode !== reader.mode) return',
    replace: "if (head.mode !== reader.mode && head.mode === 'live') return",
  },
  {
    name: 'a hand-over under another appid is taken',
    file: envelope,
    find: ' || head.appid !== reader.appid',
    replace: '',
  },
  {
    name: 'the head of a hand-over is not signed',
    file: envelope,
    find: 'digestOf(encoded),',
    replace: 'digestOf(sealed),',
  },
  {
    name: 'an earlier certificate counts for ever',
    file: 'main/credentials/profile.ts',
    find: 'const recent = earlier.filter(({ until }) => until > now)',
    replace: 'const recent = earlier.filter(({ until }) => until > 0 || now > 0)',
  },
  {
    name: 'what is open is given away before it is known that it can be signed',
    file: 'main/app/hand-over-orders.ts',
    find: 'if (!trial.ok) return trial\n',
    replace: '',
  },
  {
    name: 'what is decided is taken over as open',
    file: entry,
    find: '!open.has(state) || ',
    replace: '',
  },
  {
    name: 'a request of another number is taken over',
    file: entry,
    find: ' || use.use_request_no !== useRequestNo',
    replace: '',
  },
]
