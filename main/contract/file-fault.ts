/** Why a file that a person or a script handed over was not read. */
export type FileFault =
  | 'file-not-there'
  /** A folder, a link, a device or a pipe: reading it may never end, or reads something else than was chosen. */
  | 'file-not-regular'
  /** Opening it would sign in to a server that the file's name chose. */
  | 'file-on-network'
  | 'file-too-large'
