/** Neither a switch nor a path. */
const bareWord = /^\p{L}[\p{L}\p{N}_-]*$/u

/**
 * Whether the program is to be the head office (`hexiao-till office`, or `--office`) in place of a till. Before the word there are
 * switches, and in development the program's own path.
 */
export function asksForOffice(argv: readonly string[]): boolean {
  return argv.includes('--office') || argv.find((word) => bareWord.test(word)) === 'office'
}
