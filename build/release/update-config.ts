import { stringify } from 'yaml'

/**
 * What electron-updater reads beside the program. The address comes from the shop's settings; on Windows an installer has to
 * be signed by this publisher, besides what every platform checks.
 */
export function updateConfig(env: Readonly<Record<string, string | undefined>>): string {
  const publisher = env['HEXIAO_TILL_PUBLISHER'] ?? ''
  return stringify({
    provider: 'generic',
    url: 'https://updates.invalid/',
    updaterCacheDirName: 'hexiao-till-updater',
    ...(publisher !== '' && { publisherName: [publisher] }),
  })
}
