import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onShutdown } from '../on-shutdown.ts'
import { startKeyring } from './keyring.ts'
import { startMessageBus } from './message-bus.ts'
import { stopServer } from './session-process.ts'
import { startWindowManager, startXServer } from './x-server.ts'

export interface DesktopSession {
  /** Environment for programs in this session: its display, bus, keychain and home folder. */
  readonly env: NodeJS.ProcessEnv
  close(): Promise<void>
}

/**
 * Opens a separate desktop on Linux: an X server, a window manager, a message bus, an unlocked keychain and a home
 * folder. The user's desktop is not touched, and nothing is left when the session is closed or this process is asked to
 * stop.
 */
export async function openDesktopSession(): Promise<DesktopSession> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-session-'))
  const servers: ChildProcess[] = []
  const closeServers = async () => {
    // The X server is stopped last, because programs that lose it print errors.
    for (const server of servers.toReversed()) await stopServer(server)
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  const forget = onShutdown(closeServers)
  const close = () => closeServers().finally(forget)
  try {
    const env = isolatedEnvironment(home)
    env['DISPLAY'] = await startXServer(env, servers)
    env['DBUS_SESSION_BUS_ADDRESS'] = await startMessageBus(env, path.join(home, 'run'), servers)
    await startKeyring(env, servers)
    await startWindowManager(env, servers)
    return { env, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Runs `work` in a new session and closes the session afterwards. */
export async function withDesktopSession<T>(
  work: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  const session = await openDesktopSession()
  try {
    return await work(session.env)
  } finally {
    await session.close()
  }
}

function isolatedEnvironment(home: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    GDK_BACKEND: 'x11',
    NO_AT_BRIDGE: '1',
  }
  const folders = {
    XDG_RUNTIME_DIR: 'run',
    XDG_CONFIG_HOME: 'config',
    XDG_DATA_HOME: 'data',
    XDG_STATE_HOME: 'state',
    XDG_CACHE_HOME: 'cache',
    // Temporary files of the session's programs are deleted with it.
    TMPDIR: 'tmp',
  }
  for (const [name, folder] of Object.entries(folders)) {
    env[name] = path.join(home, folder)
    fs.mkdirSync(path.join(home, folder), { mode: 0o700 })
  }
  // Nothing is inherited from the user's desktop, nor from a terminal inside an Electron program
  // (ELECTRON_RUN_AS_NODE).
  const foreign =
    /^(DBUS_|GNOME_|WAYLAND_|XAUTHORITY|XDG_SESSION|XDG_CURRENT_DESKTOP|ELECTRON_RUN_AS_NODE|ELECTRON_NO_ATTACH|GTK_IM_MODULE|QT_IM_MODULE|XMODIFIERS|SESSION_MANAGER)/
  for (const name of Object.keys(env)) if (foreign.test(name)) delete env[name]
  return env
}
