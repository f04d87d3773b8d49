import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '../contract/result.ts'
import type { SecretFault, SecretName, SecretStore } from './secret-store.ts'

/**
 * Windows' limit for one secret (`CRED_MAX_CREDENTIAL_BLOB_SIZE`). Enforced on every platform, so that secrets stored on
 * one fit on all.
 */
export const maxSecretBytes = 2560

/** A locked keyring may wait for ever behind a prompt that nobody sees. After this long it is reported as `locked`. */
const patienceMs = 20_000

/** The functions of keytar that are used. `findCredentials` is not: it crashes on a locked keyring. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

interface KeytarOptions {
  /** The name under which the keychain lists the secrets; training and live have one each. */
  readonly service: string
  /** Imports keytar. Called at first use: it rejects where the system's library is missing. */
  readonly load: () => Promise<Keytar>
}

/** Secrets in the operating system's keychain. Never rejects: whatever keytar throws is returned as a fault. */
export function createKeytarSecretStore({ service, load }: KeytarOptions): SecretStore {
  let loaded: Promise<Keytar> | null = null
  let last: Promise<unknown> = Promise.resolve()

  // One operation at a time, so that a write never overtakes the read before it.
  function attempt<T>(
    operation: (keytar: Keytar) => Promise<Result<T, SecretFault>>,
  ): Promise<Result<T, SecretFault>> {
    const run = async (): Promise<Result<T, SecretFault>> => {
      try {
        loaded ??= load()
        return await operation(await loaded)
      } catch (cause) {
        return err(faultOf(cause))
      }
    }
    const result = last.then(() => Promise.race([run(), timeOut<T>()]))
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
        const stored = await keytar.getPassword(service, account)
        await keytar.deletePassword(service, account)
        return stored === account
          ? ok(null)
          : err({ code: 'refused', detail: 'the value read back is not the one written' })
      }),
    read: (name) => attempt(async (keytar) => ok(await keytar.getPassword(service, name))),
    write: (name: SecretName, value: string) =>
      attempt(async (keytar) => {
        const bytes = Buffer.byteLength(value)
        if (bytes > maxSecretBytes)
          return err({ code: 'too-large', detail: `${name}: ${bytes} of ${maxSecretBytes} bytes` })
        await write(keytar, name, value)
        // Read back, because some keychains report success and store nothing.
        return (await keytar.getPassword(service, name)) === value
          ? ok(null)
          : err({ code: 'refused', detail: `${name}: the value read back is not the one written` })
      }),
    remove: (name) =>
      attempt(async (keytar) => {
        await keytar.deletePassword(service, name)
        return ok(null)
      }),
  }
}

function timeOut<T>(): Promise<Result<T, SecretFault>> {
  return new Promise((resolve) => {
    setTimeout(
      () => resolve(err({ code: 'locked', detail: `no answer in ${patienceMs} ms` })),
      patienceMs,
    ).unref()
  })
}

/**
 * Decided by the message, since keytar's errors have no code: texts of libsecret, Credential Manager and Keychain
 * Services.
 */
function faultOf(cause: unknown): SecretFault {
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
