import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { runOrThrow } from '../command.ts'
import { TaskError } from '../project.ts'
import { startServer } from './session-process.ts'

/** Not a secret: the keyring lives only as long as its session. */
export const keyringPassword = 'a password for a keyring that lives as long as this session'

/** Starts gnome-keyring with an empty, unlocked login keyring on the session's bus. */
export async function startKeyring(env: NodeJS.ProcessEnv, servers: ChildProcess[]): Promise<void> {
  const server = startServer(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    { env, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  servers.push(server)
  if (server.stdin === null) throw new Error('no pipe to gnome-keyring-daemon')
  server.stdin.end(keyringPassword)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await hasDefaultCollection(env)) return
    await sleep(50)
  }
  throw new TaskError('gnome-keyring-daemon did not come up.')
}

async function hasDefaultCollection(env: NodeJS.ProcessEnv): Promise<boolean> {
  const question = ['--session', '--print-reply', '--reply-timeout=1000']
  const service = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
  const method = ['org.freedesktop.Secret.Service.ReadAlias', 'string:default']
  return runOrThrow('dbus-send', [...question, ...service, ...method], { env }).then(
    (reply) => /object path "\/org\/freedesktop\/secrets\/collection/.test(reply),
    () => false,
  )
}
