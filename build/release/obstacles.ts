import type { ElectronRuntime } from '../electron/runtime.ts'

/** What a release that is to be published is made from. */
export interface Release {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly electron: Pick<ElectronRuntime, 'version' | 'isForDevelopmentOnly'>
  readonly version: string
  readonly maintainer: string
  /** The tags of the commit that is checked out. */
  readonly tags: readonly string[]
  /** Whether there are changes that are not committed. */
  readonly isDirty: boolean
}

/** Variables that signing takes from the environment: one row of each list has to be there as a whole. */
const signing: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly string[])[]>>> = {
  win32: [
    ['WIN_CSC_LINK', 'WIN_CSC_KEY_PASSWORD'],
    ['CSC_LINK', 'CSC_KEY_PASSWORD'],
  ],
  darwin: [['CSC_LINK', 'CSC_KEY_PASSWORD'], ['CSC_NAME']],
  linux: [['HEXIAO_TILL_SIGNING_KEY']],
}

/** What tills check before they install: the list's signature, and on Windows the installer's publisher. */
const updating: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly string[])[]>>> = {
  win32: [['HEXIAO_TILL_UPDATE_KEY', 'HEXIAO_TILL_PUBLISHER']],
  darwin: [['HEXIAO_TILL_UPDATE_KEY']],
  linux: [['HEXIAO_TILL_UPDATE_KEY']],
}

const notarising: readonly (readonly string[])[] = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN_PROFILE'],
]

/** Why a release may not be published, in words; empty when it may. */
export function obstaclesTo(release: Release): string[] {
  const { platform, env, electron, version, maintainer, tags, isDirty } = release
  const rows = signing[platform] ?? []
  const hasOneOf = (choices: readonly (readonly string[])[]) =>
    choices.some((names) => names.every((name) => (env[name] ?? '') !== ''))
  return [
    hasOneOf(rows) ? null : `It would not be signed. Set ${inWords(rows)}.`,
    platform !== 'darwin' || hasOneOf(notarising)
      ? null
      : `It would not be notarised. Set ${inWords(notarising)}.`,
    hasOneOf(updating[platform] ?? [])
      ? null
      : `Tills would not install it. Set ${inWords(updating[platform] ?? [])}.`,
    electron.isForDevelopmentOnly ? `Electron ${electron.version} is for development alone.` : null,
    maintainer.includes('.invalid>')
      ? 'electron-builder.yml names no address of the maintainers (linux.maintainer).'
      : null,
    tags.includes(`v${version}`) ? null : `This commit has no tag v${version}.`,
    isDirty ? 'There are changes that are not committed.' : null,
  ].filter((each) => each !== null)
}

function inWords(choices: readonly (readonly string[])[]): string {
  return choices.map((names) => names.join(' and ')).join(', or ')
}
