import type { HandOverFault, handOverRequests } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Application } from '../app/ports.ts'
import { notAvailable } from './replies.ts'
import type { Handlers } from './router.ts'

/** Moves what is open to another computer. */
export function handOverHandlers(
  application: Pick<Application, 'till' | 'handOverFiles'>,
): Pick<Handlers, keyof typeof handOverRequests> {
  const { handOverFiles } = application

  async function write(file: string, bytes: Uint8Array): Promise<Result<string, HandOverFault>> {
    try {
      await handOverFiles.write(file, bytes)
      return ok(file)
    } catch {
      // The sealed bytes are kept in the store: they can be written elsewhere.
      return err('not-written')
    }
  }

  return {
    'handOver.export': async ({ password, why }, { name: by }) => {
      const till = application.till()
      if (!till) return notAvailable()
      // Where to comes first: a cancelled dialog must leave everything as it was.
      const file = await handOverFiles.choosePlace()
      if (file === null) return ok(ok(null))
      const sealed = till.handOver(password, { by, why })
      return ok(sealed.ok ? await write(file, sealed.value) : err(sealed.error.code))
    },
    'handOver.list': () => Promise.resolve(ok(application.till()?.handOvers() ?? [])),
    'handOver.again': async ({ id }) => {
      const bytes = application.till()?.handOverAgain(id)
      if (!bytes) return ok(err('nothing-kept'))
      const file = await handOverFiles.choosePlace()
      return ok(file === null ? ok(null) : await write(file, bytes))
    },
    'handOver.import': async ({ password, why }, { name: by }) => {
      const till = application.till()
      if (!till) return notAvailable()
      const read = await handOverFiles.read()
      if (read === null) return ok(ok(null))
      if (!read.ok) return ok(read)
      const taken = till.takeOver(read.value, password, { by, why })
      return ok(taken.ok ? ok(taken.value) : err(taken.error.code))
    },
  }
}
