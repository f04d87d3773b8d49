import * as fc from 'fast-check'

/** One change to a file. `at` and `to`: where, as a part of its length, from 0 to 1. */
interface Edit {
  readonly how: 'flip' | 'replace' | 'insert' | 'cut' | 'repeat' | 'end'
  readonly at: number
  readonly to: number
  readonly bytes: Uint8Array
}

// Not `fc.double`, which prefers values next to 0 and 1: changes would then be in the first page of a file.
const part = fc.noBias(fc.integer({ min: 0, max: 2 ** 24 })).map((step) => step / 2 ** 24)
const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    how: fc.constantFrom('flip', 'flip', 'flip', 'replace', 'insert', 'cut', 'repeat', 'end'),
    at: part,
    to: part,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
  }),
  { minLength: 1, maxLength: 6 },
)

/** Returns copies of a good file, each with one to six changes. */
export function editedBytes(good: Uint8Array): fc.Arbitrary<Buffer> {
  return edits.map((chosen) => chosen.reduce(apply, Buffer.from(good)))
}

/** Returns copies of a good text, each with one to six changes of its bytes. */
export function editedText(good: string): fc.Arbitrary<string> {
  return editedBytes(Buffer.from(good)).map((bytes) => bytes.toString('utf8'))
}

function apply(before: Buffer, { how, at, to, bytes }: Edit): Buffer {
  const from = Math.floor(at * before.length)
  const until = Math.max(from, Math.min(before.length, from + Math.floor(to * 64)))
  const [head, middle, tail] = [
    before.subarray(0, from),
    before.subarray(from, until),
    before.subarray(until),
  ]
  switch (how) {
    case 'flip': {
      const after = Buffer.from(before)
      const [bits = 1] = bytes
      const byte = after[from]
      if (byte !== undefined) after[from] = byte ^ (bits || 1)
      return after
    }
    case 'replace':
      return Buffer.concat([head, bytes, before.subarray(from + bytes.length)])
    case 'insert':
      return Buffer.concat([head, bytes, middle, tail])
    case 'cut':
      return Buffer.concat([head, tail])
    case 'repeat':
      return Buffer.concat([head, middle, middle, tail])
    case 'end':
      return head
  }
}
