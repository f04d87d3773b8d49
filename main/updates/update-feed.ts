import valid from 'semver/functions/valid.js'

/** What is read of the file that electron-builder publishes beside the installers (`latest*.yml`). */
export interface UpdateFeed {
  readonly version: string
  /** Empty where the file has none, or has them as a list. */
  readonly notes: string
}

/** A feed has some hundred bytes; the notes of a release some thousand. */
export const maxFeedBytes = 65_536

const feedNames: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'latest.yml',
  darwin: 'latest-mac.yml',
}
const linuxFeedName = 'latest-linux.yml'

/** Where a platform's feed is, in the folder at this address. */
export function feedAddress(address: string, platform: NodeJS.Platform): URL {
  const folder = address.endsWith('/') ? address : `${address}/`
  return new URL(feedNames[platform] ?? linuxFeedName, folder)
}

const topLevel = /^(\w+):(?: (.*))?$/
const blockStyle = /^([|>])([1-9]?)([+-]?)$/

/**
 * The two fields that the till shows, in the forms that electron-builder writes them (js-yaml's). It is read line by line,
 * each once: YAML parsers take minutes for some files of 30 KB. `null` when the text is no such file.
 */
export function readUpdateFeed(text: string): UpdateFeed | null {
  const lines = text.split(/\r?\n/)
  let version: string | null = null
  let notes: string | null = null
  for (const [at, line] of lines.entries()) {
    const [, name, value = ''] = topLevel.exec(line) ?? []
    if (name === 'version') version ??= scalar(value)
    if (name === 'releaseNotes') notes ??= blockOrScalar(value, lines.slice(at + 1))
  }
  return version === null || valid(version) === null ? null : { version, notes: notes ?? '' }
}

function blockOrScalar(value: string, after: readonly string[]): string {
  const [, style, digit = '', ending] = blockStyle.exec(value) ?? []
  if (style === undefined) return scalar(value) ?? ''
  const until = after.findIndex((line) => line !== '' && !line.startsWith(' '))
  const block = after.slice(0, until === -1 ? after.length : until)
  const first = block.find((line) => line.trim() !== '') ?? ''
  const indent = digit === '' ? first.length - first.trimStart().length : Number(digit)
  const body = block.map((line) => line.slice(indent))
  const bare = body.slice(0, body.findLastIndex((line) => line !== '') + 1).join('\n')
  const folded = style === '>' ? bare.replaceAll(/(?<!\n)\n(?!\n)/g, ' ') : bare
  if (ending === '-' || folded === '') return folded
  return ending === '+' ? `${folded}${body.join('\n').slice(bare.length)}\n` : `${folded}\n`
}

/** On one line; `null` where it is not written as js-yaml would. */
function scalar(value: string): string | null {
  if (value.startsWith("'")) {
    return value.endsWith("'") && value.length > 1 ? value.slice(1, -1).replaceAll("''", "'") : null
  }
  if (value.startsWith('"')) return quoted(value)
  return value === 'null' ? null : value
}

/** JSON's escapes are those of YAML's double quotes that a note ever has. */
function quoted(value: string): string | null {
  try {
    const text: unknown = JSON.parse(value)
    return typeof text === 'string' ? text : null
  } catch {
    // An escape that JSON does not know: the note is left out.
    return null
  }
}
