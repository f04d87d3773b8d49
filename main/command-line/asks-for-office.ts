/**
 * Whether the program is to be the head office (`hexiao-till office`, or `--office`) in place of a till. Before the word there are
 * switches alone, and in development the program's own path.
 */
export function asksForOffice(argv: readonly string[], isPackaged: boolean): boolean {
  if (argv.includes('--office')) return true
  const at = argv.indexOf('office')
  if (at === -1) return false
  return argv.slice(isPackaged ? 0 : 1, at).every((word) => word.startsWith('-'))
}
