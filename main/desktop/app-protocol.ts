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
 * Serves the renderer's files, which are listed once, so that no request can reach another file. Each is read when it is
 * asked for, which is once in a page's life.
 */
export function serveApp(session: Session, folder: string): void {
  const files = listFiles(folder)
  session.protocol.handle(appScheme, (request) => {
    const url = new URL(request.url)
    const file = files.get(url.pathname === '/' ? '/index.html' : url.pathname)
    if (request.method !== 'GET' || `${url.protocol}//${url.host}` !== appOrigin || !file)
      return new Response('not found', { status: 404 })
    return new Response(streamOf(readFileSync(file.path)), {
      // No Cross-Origin-Opener-Policy: no page opens another (lockdown.ts), and for it Chromium throws away the process that
      // the window began with, and starts another (docs/decisions/0062).
      headers: {
        'Content-Type': file.contentType,
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      },
    })
  })
}

/** A body that is handed on as it lies there. `Response` copies one of bytes, on the window's thread (docs/decisions/0062). */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
}

/**
 * Has Node load what `Response` is made of, which takes it some 30 ms. To be called while the page's process starts: the
 * page's first request would wait for it.
 */
export function loadResponses(): void {
  void new Response(streamOf(new Uint8Array(1))).body
}

interface ServedFile {
  readonly path: string
  readonly contentType: string
}

function listFiles(folder: string): Map<string, ServedFile> {
  const files = new Map<string, ServedFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const full = path.join(entry.parentPath, entry.name)
    const contentType = contentTypes[path.extname(entry.name)]
    if (contentType === undefined) continue
    const urlPath = `/${path.relative(folder, full).split(path.sep).join('/')}`
    files.set(urlPath, { path: full, contentType })
  }
  return files
}
