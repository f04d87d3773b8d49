import { ok } from '../contract/result.ts'
import type { decommissionRequests } from '../contract/decommission.ts'
import type { upkeepRequests } from '../contract/upkeep-requests.ts'
import type { Application } from '../app/ports.ts'
import { done } from './replies.ts'
import type { Handlers } from './serve-request.ts'

/** Handles starting with the computer, backups, and the end of a till. */
export function upkeepHandlers({
  startUp,
  backups,
  decommission,
}: Pick<Application, 'startUp' | 'backups' | 'decommission'>): Pick<
  Handlers,
  keyof typeof upkeepRequests | keyof typeof decommissionRequests
> {
  return {
    'decommission.run': async (order, { name: by }) => ok(await decommission.run({ ...order, by })),
    'startUp.read': async () => ok({ isOn: await startUp.isOn() }),
    'startUp.set': async ({ isOn }) => {
      await startUp.set(isOn)
      return done()
    },
    'backup.chooseFolder': async () => ok(await backups.chooseFolder()),
    'backup.make': async () => ok(await backups.make()),
    'backup.turnOff': () => {
      backups.turnOff()
      return done()
    },
    'backup.suggestPassword': async () => ok(backups.suggestPassword()),
    'backup.setPassword': async ({ password }) => ok(await backups.setPassword(password)),
    'backup.unlock': async ({ password }) => ok(await backups.unlock(password)),
    'backup.setAside': async () => ok(backups.setAside()),
    'backup.chooseSetAside': async ({ name }) => ok(await backups.chooseSetAside(name)),
    'backup.choose': async () => ok(await backups.choose()),
    'backup.restore': async () => ok(await backups.restore()),
  }
}
