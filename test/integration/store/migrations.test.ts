import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { migrate, schemaVersion, versionOf } from '../../../main/store/migrate.ts'
import { migrations } from '../../../main/store/migrations/index.ts'
import { schemaFile, schemaOf } from '../../support/released-schemas.ts'

const folder = path.join(import.meta.dirname, '../../../main/store/migrations')

test('migrations are numbered from 1 without a gap, as the files count them', () => {
  const numbers = readdirSync(folder)
    .filter((name) => name !== 'index.ts')
    .map((name) => Number(name.slice(0, 4)))
  expect(numbers.toSorted((one, other) => one - other)).toEqual(
    migrations.map((_, index) => index + 1),
  )
  const database = new Database(':memory:')
  migrate(database)
  expect([schemaVersion, versionOf(database)]).toEqual([migrations.length, migrations.length])
})

// A file that is there already was made by a till with exactly these statements: one that is changed later would leave
// it different from a new one. Written for a migration that is new, and never again.
test.each(migrations.map((_, index) => index + 1))(
  'schema %i is as it was released',
  async (version) => {
    const database = new Database(':memory:')
    migrate(database, version)
    await expect(schemaOf(database)).toMatchFileSnapshot(schemaFile(version))
  },
)
