import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { firstLine, startServer } from './session-process.ts'

/**
 * Answers the DBUS_SESSION_BUS_ADDRESS of a private session bus. It starts no service by itself: a question to the
 * keychain would otherwise start a second, locked one next to the session's.
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
