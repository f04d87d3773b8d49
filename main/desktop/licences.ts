import { app } from 'electron'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Licence } from '../contract/licence.ts'

/** Reads the list that the build made (build/shipped/licence-list.ts). Rejects when it is not there: a bug of the build. */
export async function readLicences(): Promise<Licence[]> {
  const file = path.join(app.getAppPath(), 'out/main/licences.json')
  return z.array(Licence).parse(JSON.parse(await readFile(file, 'utf8')))
}
