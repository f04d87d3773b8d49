import path from 'node:path'
import { err, ok } from '../contract/result.ts'
import type { upkeepRequests } from '../contract/upkeep-requests.ts'
import type { Application } from '../app/ports.ts'
import { done } from './replies.ts'
import type { Handlers } from './router.ts'

/** Starting with the computer, and the copies of the till's records. */
export function upkeepHandlers({
  startUp,
  backups,
  backupFiles,
  restoring,
}: Pick<Application, 'startUp' | 'backups' | 'backupFiles' | 'restoring'>): Pick<
  Handlers,
  keyof typeof upkeepRequests
> {
  /** The one that was looked into: what is confirmed is what was shown. */
  let chosen: string | null = null
  return {
    'startUp.read': () => Promise.resolve(ok({ isOn: startUp.isOn() })),
    'startUp.set': ({ isOn }) => {
      startUp.set(isOn)
      return done()
    },
    'backup.chooseFolder': async () => {
      const folder = await backupFiles.chooseFolder()
      if (folder === null) return ok(ok(null))
      backups.setFolder(folder)
      const made = await backups.make()
      return ok(made.ok ? ok(folder) : made)
    },
    'backup.make': async () => ok(await backups.make()),
    'backup.turnOff': () => {
      backups.setFolder(null)
      return done()
    },
    'backup.choose': async () => {
      const file = await backupFiles.choose()
      if (file === null) return ok(ok(null))
      const facts = restoring.look(file)
      chosen = facts.ok ? file : null
      return ok(facts.ok ? ok({ name: path.basename(file), ...facts.value }) : facts)
    },
    'backup.restore': async () => {
      const file = chosen
      chosen = null
      return ok(file === null ? err('not-a-backup') : await restoring.restore(file))
    },
  }
}
