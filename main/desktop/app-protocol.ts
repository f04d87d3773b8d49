import { protocol, type Session } from 'electron'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { appOrigin, appScheme, contentSecurityPolicy } from './page-policy.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Declares the scheme of the page's address. Must run before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Serves the renderer's files from memory, so that no request can reach another file. Throws when they cannot be read.
 */
export function serveApp(session: Session, folder: string): void {
  const files = loadFiles(folder)
  session.protocol.handle(appScheme, (request) => {
    const url = new URL(request.url)
    const file = files.get(url.pathname === '/' ? '/index.html' : url.pathname)
    if (request.method !== 'GET' || `${url.protocol}//${url.host}` !== appOrigin || !file)
      return new Response('not found', { status: 404 })
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'Content-Type': file.contentType,
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      },
    })
  })
}

function loadFiles(folder: string): Map<string, { bytes: Buffer; contentType: string }> {
  const files = new Map<string, { bytes: Buffer; contentType: string }>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const full = path.join(entry.parentPath, entry.name)
    const contentType = contentTypes[path.extname(entry.name)]
    if (contentType === undefined) continue
    const urlPath = `/${path.relative(folder, full).split(path.sep).join('/')}`
    files.set(urlPath, { bytes: readFileSync(full), contentType })
  }
  return files
}
