/** Why a file that a person or a script chose was not read. */
export interface FileFault {
  readonly code:
    | 'file-not-there'
    /** A folder, a link, a device or a pipe: reading it may never end, or reads something else than was chosen. */
    | 'file-not-regular'
    /** Opening it would sign in to a server that the path names. */
    | 'file-on-network'
    | 'file-too-large'
}
