import type { Service } from '../back-office/service-text.ts'
import type { ShopServerCommand } from './arguments.ts'

/** The same command as a service. `start`: Node and this program. */
export function serviceOf(
  { folder, program, port }: Extract<ShopServerCommand, { kind: 'run' | 'service' }>,
  start: readonly string[],
): Service {
  return {
    description: "Hexiao Till: the shop's server",
    folder,
    command: [
      ...start,
      'run',
      '--folder',
      folder,
      ...(program === null ? [] : ['--program', program]),
      ...(port === null ? [] : ['--port', String(port)]),
    ],
    hints: [
      "# The shop's key from systemd, and not from a file of the folder (systemd-creds encrypt --name=chain-key):",
      '#LoadCredentialEncrypted=chain-key:/etc/hexiao-till/chain-key.cred',
    ],
  }
}
