/** A file that a person or a script hands over for set-up. */
export interface SourceFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Far above certificates, keys and the archive of both, which are a few kilobytes. */
export const maxSourceFileBytes = 1_048_576

export type SourceFileKind = 'zip' | 'pem' | 'der' | 'unknown'

/** Decided by content, because files are renamed when they are mailed. `der` stands for a `.p12`. */
export function sourceFileKind({ bytes }: SourceFile): SourceFileKind {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'zip'
  if (bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80) return 'der'
  return textOf(bytes).includes('-----BEGIN ') ? 'pem' : 'unknown'
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
