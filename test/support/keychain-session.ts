import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { keyringPassword, startKeyring } from '../../build/desktop-session/keyring.ts'
import { startMessageBus } from '../../build/desktop-session/message-bus.ts'
import { stopServer } from '../../build/desktop-session/session-process.ts'

export interface KeychainSession {
  readonly env: NodeJS.ProcessEnv
  /** As a screen lock or an automatic login leaves it. */
  lock(): void
  /** As the system's login does with the password. */
  unlock(): Promise<void>
  close(): Promise<void>
}

/** A message bus of a test's own, with a keyring of its own (unlocked) or with none. */
export async function openKeychainSession(
  keyring: 'unlocked' | 'missing',
): Promise<KeychainSession> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-keychain-'))
  const servers: ChildProcess[] = []
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: home }
  for (const [name, folder] of Object.entries({
    XDG_RUNTIME_DIR: 'run',
    XDG_DATA_HOME: 'data',
    XDG_CONFIG_HOME: 'config',
    XDG_CACHE_HOME: 'cache',
  })) {
    env[name] = path.join(home, folder)
    mkdirSync(path.join(home, folder), { mode: 0o700 })
  }
  env['DBUS_SESSION_BUS_ADDRESS'] = await startMessageBus(env, path.join(home, 'run'), servers)
  if (keyring === 'unlocked') await startKeyring(env, servers)
  return {
    env,
    lock() {
      const service = ['--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
      const method = 'org.freedesktop.Secret.Service.Lock'
      const what = 'array:objpath:/org/freedesktop/secrets/collection/login'
      execFileSync('dbus-send', ['--session', '--print-reply', ...service, method, what], { env })
    },
    unlock: () => unlockKeyring(path.join(home, 'run/keyring/control')),
    async close() {
      for (const server of servers.toReversed()) await stopServer(server)
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Of gnome-keyring's control protocol (`gkd-control-codes.h`). */
const unlockOperation = 1

/** Speaks to the daemon as the login does: a zero byte that carries the credentials, then length, operation, password. */
async function unlockKeyring(control: string): Promise<void> {
  const socket = connect(control)
  const secret = Buffer.from(keyringPassword)
  const packet = Buffer.alloc(1 + 12 + secret.length)
  packet.writeUInt32BE(12 + secret.length, 1)
  packet.writeUInt32BE(unlockOperation, 5)
  packet.writeUInt32BE(secret.length, 9)
  secret.copy(packet, 13)
  socket.write(packet)
  const [reply] = await once(socket, 'data')
  socket.destroy()
  if (!Buffer.isBuffer(reply) || reply.readUInt32BE(4) !== 0)
    throw new Error('the keyring did not unlock')
}
