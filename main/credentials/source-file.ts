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

/** Reads UTF-8, and UTF-16 where the file says so in its first bytes, as editors and PowerShell on Windows write it. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) {
    const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    return new TextDecoder('utf-16le').decode(even.swap16())
  }
  return new TextDecoder().decode(bytes)
}
