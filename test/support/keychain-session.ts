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
  /** Locks the keyring, as a screen lock or an automatic login does. */
  lock(): void
  /** Unlocks it, as logging in with the password does. */
  unlock(): Promise<void>
  /** Takes requests and does not reply, as while it asks somebody for a password; `wake` ends that. */
  stall(): void
  wake(): void
  close(): Promise<void>
}

/** Opens a separate message bus for a test, with an unlocked keyring of its own or with none. */
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
    stall: () => void servers.at(-1)?.kill('SIGSTOP'),
    wake: () => void servers.at(-1)?.kill('SIGCONT'),
    unlock: () => unlockKeyring(path.join(home, 'run/keyring/control')),
    async close() {
      for (const server of servers.toReversed()) await stopServer(server)
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** From gnome-keyring's control protocol (`gkd-control-codes.h`). */
const unlockOperation = 1

/**
 * Unlocks the daemon's keyring as the system's login does: a zero byte with the credentials, then length, operation and
 * password.
 */
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
