import type { Mutation } from './mutation.ts'

const said = 'main/redemption/said.ts'
const mask = 'main/redemption/mask.ts'
const exported = 'main/store/exported-hand-overs.ts'
const log = 'main/computer/log.ts'

/** What lies on the disk, who may read it, and for how long. */
export const keepingMutations: readonly Mutation[] = [
  {
    name: 'what was handed over is kept under its password alone',
    file: exported,
    find: 'this.#insert.run(at, count, this.#sealing.seal(identity(at), file))',
    replace: 'this.#insert.run(at, count, file)',
  },
  {
    name: 'what an earlier version kept of a hand-over stays as it is',
    file: exported,
    find: '    this.#sealEarlier(database)\n',
    replace: '',
  },
  {
    name: 'everybody may read a backup',
    file: 'main/store/backup.ts',
    find: "    closeSync(openSync(part, 'wx', 0o600))\n",
    replace: '',
  },
  {
    name: 'files that were left open to everybody stay so',
    file: 'main/store/database.ts',
    find: '    if (existsSync(path.dirname(file))) makePrivate(file)\n',
    replace: '',
  },
  {
    name: 'what was set aside is kept for ever',
    file: 'main/store/files-beside.ts',
    find: '    if (setAside.test(ending) && wasWrittenBefore(file, before)) rmSync(file)\n',
    replace:
      '    if (setAside.test(ending) && wasWrittenBefore(file, before - 1e15)) rmSync(file)\n',
  },
  {
    name: 'everything beside the records is deleted in time',
    file: 'main/store/files-beside.ts',
    find: 'if (setAside.test(ending) && wasWrittenBefore',
    replace: 'if (ending !== "" && wasWrittenBefore',
  },
  {
    name: 'everybody may read the log',
    file: log,
    find: "{ encoding: 'utf8', flag: 'a', mode: ownerOnly }",
    replace: "{ encoding: 'utf8', flag: 'a', mode: 0o644 }",
  },
  {
    name: 'the log is kept for ever',
    file: log,
    find: 'const kept = first < 0 ?',
    replace: 'const kept = first >= 0 ? lines : first < 0 ?',
  },
  {
    name: "WeChat Pay's words are written as they come",
    file: 'main/store/redemption-table.ts',
    find: 'chain.append(redemption.useRequestNo, masked(audit, redemption), mac)',
    replace: 'chain.append(redemption.useRequestNo, audit, mac)',
  },
  {
    name: "WeChat Pay's words stay in the audit trail",
    file: 'main/store/api-words.ts',
    find: 'entry: { ...entry, evidence: { ...evidence, ...none } },',
    replace: 'entry,',
  },
  {
    name: "WeChat Pay's words outlive their redemption",
    file: 'main/store/erasure.ts',
    find: '        eraseWords.run(row.use_request_no)\n',
    replace: '',
  },
  {
    name: 'a code is masked only as it is spelt',
    file: mask,
    find: 'if (letter.test(sign))',
    replace: 'if (sign !== "")',
  },
  {
    name: 'an escaped code is not masked',
    file: mask,
    find: 'const isEscape = Number.isInteger(code) && code <= 0x10_ffff',
    replace: 'const isEscape = Number.isInteger(code) && code < 0',
  },
  {
    name: 'a part of a code is not masked',
    file: said,
    find: 'const partOfCode = 8',
    replace: 'const partOfCode = 800',
  },
  {
    name: 'a quoted request is not masked',
    file: said,
    find: 'const partOfBody = 40',
    replace: 'const partOfBody = 4000',
  },
  {
    name: "WeChat Pay's words are kept at any length",
    file: said,
    find: '.slice(0, limit)\n',
    replace: '.slice(0, limit * 1000)\n',
  },
  {
    name: 'a tag of any length opens what is sealed',
    file: 'main/store/sealing.ts',
    find: 'createDecipheriv(algorithm, sealKey, nonce, tag)',
    replace: 'createDecipheriv(algorithm, sealKey, nonce)',
  },
]
