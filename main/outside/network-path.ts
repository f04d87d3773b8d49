/** Names of devices that Windows knows in every folder, with any extension. */
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\..*)?$/i

/**
 * Whether a path leads to another computer: on Windows, opening `\\server\share` sends the account's sign-in to whatever
 * server the path names. Backslashes are refused everywhere, for no file of a shop begins with two of them.
 */
export function isNetworkPath(file: string, platform: NodeJS.Platform = process.platform): boolean {
  if (file.startsWith('\\\\')) return !isLocalLongPath(file)
  return platform === 'win32' && /^[\\/]{2}/.test(file)
}

/** Whether a path names a device of Windows' (`COM1`, `NUL.txt`), which waits for its other end when it is opened. */
export function isDeviceName(file: string, platform: NodeJS.Platform = process.platform): boolean {
  const [name = ''] = file.split(/[\\/]/).slice(-1)
  return platform === 'win32' && windowsDevice.test(name.trim())
}

/** `\\?\C:\folder\file`, as Windows spells a long path on a drive of its own. */
function isLocalLongPath(file: string): boolean {
  return /^\\\\\?\\[A-Za-z]:\\/.test(file)
}
