import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { firstLine, startServer } from './session-process.ts'

/**
 * Starts a private session bus and returns its DBUS_SESSION_BUS_ADDRESS. It starts no services on demand: a request to
 * the keychain would start a second, locked keychain beside the session's.
 */
export async function startMessageBus(
  env: NodeJS.ProcessEnv,
  runtimeFolder: string,
  servers: ChildProcess[],
): Promise<string> {
  const configuration = path.join(runtimeFolder, 'bus.conf')
  fs.writeFileSync(
    configuration,
    `<busconfig>
  <type>session</type>
  <listen>unix:path=${path.join(runtimeFolder, 'bus')}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  )
  const server = startServer(
    'dbus-daemon',
    [`--config-file=${configuration}`, '--nofork', '--nopidfile', '--print-address'],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  servers.push(server)
  if (server.stdout === null) throw new Error('no pipe to dbus-daemon')
  return firstLine('dbus-daemon', server, server.stdout)
}
