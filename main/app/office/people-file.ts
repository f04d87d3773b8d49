import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { roles } from '../../contract/roles.ts'
import { writePrivateFile } from '../../credentials/private-file.ts'
import type { StaffRecord, StaffStore } from '../../shop/ports.ts'

const People = z.strictObject({
  version: z.literal(1),
  people: z.array(
    z.strictObject({
      id: z.string().min(1).max(64),
      name: z.string().min(1).max(20),
      role: z.enum(roles),
      pinHash: z.string(),
      wrongPins: z.number().int().nonnegative(),
      lockoutMs: z.number().int().positive().nullable(),
      isActive: z.boolean(),
    }),
  ),
})

/**
 * Keeps the people of the head office in `people.json` in the folder, for this account alone, written whole and renamed. A file
 * that cannot be read counts as one record that nobody can read: nobody is let in, and nobody can begin anew over it.
 */
export function openOfficePeople(folder: string): StaffStore {
  const file = path.join(folder, 'people.json')
  const kept = read(file)
  let records: readonly StaffRecord[] = kept ?? []
  return {
    read: () => ({ records, unreadable: kept === null ? 1 : 0 }),
    save(record) {
      const isKnown = records.some(({ id }) => id === record.id)
      const next = isKnown
        ? records.map((each) => (each.id === record.id ? record : each))
        : [...records, record]
      writePrivateFile(
        file,
        Buffer.from(`${JSON.stringify({ version: 1, people: next }, null, 2)}\n`),
      )
      records = next
    },
  }
}

/** `null` for a file that is there and cannot be read. */
function read(file: string): readonly StaffRecord[] | null {
  try {
    const { data } = People.safeParse(parseJson(readFileSync(file, 'utf8')))
    return data?.people ?? null
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? [] : null
  }
}
