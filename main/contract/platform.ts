/** The operating systems that the till distinguishes. */
export const platforms = ['linux', 'win32', 'darwin'] as const
export type Platform = (typeof platforms)[number]

/** Returns the platform for a value of `process.platform`; every system but Windows and macOS counts as Linux. */
export function platformOf(name: string): Platform {
  return name === 'win32' || name === 'darwin' ? name : 'linux'
}
