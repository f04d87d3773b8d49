/** One deliberate bug: `find` is in `file` exactly once and is replaced. */
export interface Mutation {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
}
