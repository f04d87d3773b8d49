import type { Mutation } from './mutation.ts'

const zip = 'main/credentials/merchant-zip.ts'
const regular = 'main/outside/regular-file.ts'

/** What is made of files from outside. */
export const openingMutations: readonly Mutation[] = [
  {
    name: 'an archive is unpacked whatever comes out of it',
    file: zip,
    find: 'if (unpacked > maxUnpackedBytes) throw new TooLarge()',
    replace: '',
  },
  {
    name: 'the entries of an archive are not counted',
    file: zip,
    find: 'if (entries > maxEntries) throw new TooLarge()',
    replace: '',
  },
  {
    name: 'the rounds of a password are not counted before they are done',
    file: 'main/credentials/merchant-p12.ts',
    find: "if (roundsIn(asn1) > maxRounds) return err({ code: 'p12-too-many-rounds' })",
    replace: '',
  },
  {
    name: 'certificates of a file are not counted',
    file: 'main/credentials/pem-blocks.ts',
    find: 'if (blocks.length === max) return null',
    replace: '',
  },
  {
    name: 'a link is followed',
    file: regular,
    find: "if (!(await lstat(file)).isFile()) return err({ code: 'file-not-regular' })",
    replace: '',
  },
  {
    name: 'the size that a file claims is believed',
    file: regular,
    find: "if (read > maxBytes) return err({ code: 'file-too-large' })",
    replace: '',
  },
  {
    name: 'a path to another computer is opened',
    file: regular,
    find: "if (isNetworkPath(file)) return err({ code: 'file-on-network' })",
    replace: '',
  },
  {
    name: 'a thread has no deadline',
    file: 'main/outside/thread.ts',
    find: "const deadline = setTimeout(() => resolve(err({ code: 'too-demanding' })), ms)",
    replace: 'const deadline = setTimeout(() => undefined, ms)',
  },
  {
    name: 'a thread takes the memory that it likes',
    file: 'main/outside/thread.ts',
    find: '{ maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 }',
    replace: '{}',
  },
]
