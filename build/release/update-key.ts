import fs from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../project.ts'

/** The maintainers' public key for lists of versions (Ed25519, PEM). Committed once there is one. */
const file = path.join(projectRoot, 'build/update-key.pem')

/** `null` before the maintainers have a key: such a build tells of newer versions, and a person installs them. */
export function updateKey(): string | null {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null
}
