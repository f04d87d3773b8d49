import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startKeyring } from '../../build/desktop-session/keyring.ts'
import { startMessageBus } from '../../build/desktop-session/message-bus.ts'
import { stopServer } from '../../build/desktop-session/session-process.ts'

export interface KeychainSession {
  readonly env: NodeJS.ProcessEnv
  /** As a screen lock or an automatic login leaves it. */
  lock(): void
  /** As a person does in the system's own dialog. */
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
    async unlock() {
      // The daemon takes the password of a session that it serves already; its own test password.
      const child = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      child.stdin.end('a password for a keyring that lives as long as this session')
      await once(child, 'exit')
    },
    async close() {
      for (const server of servers.toReversed()) await stopServer(server)
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
