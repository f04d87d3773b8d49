import { app, type Session } from 'electron'
import { appOrigin, appScheme } from './page-policy.ts'

/** Keeps every page of this program, whoever opens it, from showing anything but the shipped files. */
export function lockDownPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
  })
  // Whoever asks for a password or a certificate gets none, and is told so: without the call they would wait. Electron 44
  // asks for the program's own requests too, and would send the first certificate of this computer.
  app.on('login', (event, _contents, _request, _by, answer) => {
    event.preventDefault()
    answer()
  })
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault()
    answer()
  })
}

/** Denies a session every permission, and every request except those for the shipped files. */
export function lockDownSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => {
    const { protocol } = new URL(details.url)
    answer({
      cancel: protocol !== `${appScheme}:` && protocol !== 'devtools:' && protocol !== 'data:',
    })
  })
}
