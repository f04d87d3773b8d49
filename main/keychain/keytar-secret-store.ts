import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import type { SecretError, SecretName, SecretStore } from './secret-store.ts'

/** `CRED_MAX_CREDENTIAL_BLOB_SIZE` of Windows, in bytes; held everywhere so that a profile can move. */
export const maxSecretBytes = 2560

/** A locked keyring may put up a prompt that nobody sees; the till says so instead of waiting for ever. */
const patienceMs = 20_000

/** The three of keytar's functions in use. `findCredentials` crashes on a locked keyring and is not among them. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

interface KeytarOptions {
  /** Training and live keep apart here too. */
  readonly service: string
  /** Loading fails where the system library is missing, so it is done on first use. */
  readonly load: () => Promise<Keytar>
}

export function createKeytarSecretStore({ service, load }: KeytarOptions): SecretStore {
  let loaded: Promise<Keytar> | undefined
  let last: Promise<unknown> = Promise.resolve()

  // One operation at a time: keychains are shared, and a write must not overtake the read before it.
  function attempt<T>(
    operation: (keytar: Keytar) => Promise<Result<T, SecretError>>,
  ): Promise<Result<T, SecretError>> {
    const run = async (): Promise<Result<T, SecretError>> => {
      try {
        loaded ??= load()
        return await operation(await loaded)
      } catch (cause) {
        return err(explain(cause))
      }
    }
    const result = last.then(() => Promise.race([run(), expiry<T>()]))
    last = result
    return result
  }

  const write = (keytar: Keytar, account: string, value: string): Promise<void> =>
    keytar.setPassword(service, account, value)

  return {
    kind: 'keychain',
    probe: () =>
      attempt(async (keytar) => {
        const account = `probe-${randomUUID()}`
        await write(keytar, account, account)
        const back = await keytar.getPassword(service, account)
        await keytar.deletePassword(service, account)
        return back === account
          ? ok(null)
          : err({ code: 'refused', detail: 'what was written did not come back' })
      }),
    read: (name) => attempt(async (keytar) => ok(await keytar.getPassword(service, name))),
    write: (name: SecretName, value: string) =>
      attempt(async (keytar) => {
        const bytes = Buffer.byteLength(value)
        if (bytes > maxSecretBytes)
          return err({ code: 'too-large', detail: `${name}: ${bytes} of ${maxSecretBytes} bytes` })
        await write(keytar, name, value)
        // Read back: some keychains accept and keep nothing.
        return (await keytar.getPassword(service, name)) === value
          ? ok(null)
          : err({ code: 'refused', detail: `${name}: what was written did not come back` })
      }),
    remove: (name) =>
      attempt(async (keytar) => {
        await keytar.deletePassword(service, name)
        return ok(null)
      }),
  }
}

function expiry<T>(): Promise<Result<T, SecretError>> {
  return new Promise((resolve) => {
    setTimeout(
      () => resolve(err({ code: 'locked', detail: `no answer in ${patienceMs} ms` })),
      patienceMs,
    ).unref()
  })
}

/** keytar's errors carry text alone; the texts are those of libsecret, Credential Manager and Keychain Services. */
function explain(cause: unknown): SecretError {
  const detail = cause instanceof Error ? cause.message : 'unknown error'
  if (/lock/i.test(detail) && !/autolaunch/i.test(detail)) return { code: 'locked', detail }
  if (
    /autolaunch|D-Bus|org\.freedesktop\.secrets|does not exist at path|cannot open shared object|session wrapping the secret|libsecret|spawn|not provided by any/i.test(
      detail,
    )
  )
    return { code: 'unavailable', detail }
  if (/stub received bad data|1783/i.test(detail)) return { code: 'too-large', detail }
  return { code: 'refused', detail }
}
