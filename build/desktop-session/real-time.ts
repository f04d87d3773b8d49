import { spawnSync } from 'node:child_process'

const ahead = ['--rr', '5'] as const
let isGranted: boolean | undefined

/**
 * Returns the command with real-time priority where the system grants it (to root, though not in every container). A
 * real keyboard's or scanner's timing does not depend on how busy the computer is, so neither should that of the
 * programs that replace them in tests.
 */
export function inRealTime(
  command: string,
  args: readonly string[],
): { readonly command: string; readonly args: readonly string[] } {
  isGranted ??= spawnSync('chrt', [...ahead, 'true']).status === 0
  return isGranted ? { command: 'chrt', args: [...ahead, command, ...args] } : { command, args }
}
