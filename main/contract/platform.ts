/** The operating systems that the till knows by name. */
export const platforms = ['linux', 'win32', 'darwin'] as const
export type Platform = (typeof platforms)[number]

/** From `process.platform`; whatever is neither Windows nor macOS does things as Linux does. */
export function platformOf(name: string): Platform {
  return name === 'win32' || name === 'darwin' ? name : 'linux'
}
