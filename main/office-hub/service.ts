import type { Service } from '../back-office/service-text.ts'
import type { OfficeHubCommand } from './arguments.ts'

/** The same command as a service. `start`: Node and this program. */
export function serviceOf(
  command: Extract<OfficeHubCommand, { kind: 'run' | 'service' }>,
  start: readonly string[],
): Service {
  const { folder, names, program, port, leafPort } = command
  return {
    description: "Hexiao Till: the head office's hub",
    folder,
    command: [
      ...start,
      'run',
      '--folder',
      folder,
      '--names',
      names.join(','),
      '--port',
      String(port),
      '--leaf-port',
      String(leafPort),
      ...(program === null ? [] : ['--program', program]),
    ],
  }
}
