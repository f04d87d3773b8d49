import { spawnSync } from 'node:child_process'

const ahead = ['--rr', '5'] as const
let isGranted: boolean | undefined

/**
 * The same command, but ahead of everything else on this computer, where the system grants that (it does to root,
 * though not in every container). A keyboard's and a scanner's time does not depend on how busy the computer is, so
 * that of their stand-ins should not either.
 */
export function inRealTime(
  command: string,
  args: readonly string[],
): { readonly command: string; readonly args: readonly string[] } {
  isGranted ??= spawnSync('chrt', [...ahead, 'true']).status === 0
  return isGranted ? { command: 'chrt', args: [...ahead, command, ...args] } : { command, args }
}
