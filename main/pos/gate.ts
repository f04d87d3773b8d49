import type { Context } from 'hono'

/** Whether the request was made to this computer by its own name: a web page's own host that was rebound to 127.0.0.1 is not. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  const own = ['127.0.0.1', '[::1]', 'localhost']
  return own.some((name) => host?.toLowerCase() === `${name}:${port}`)
}

const methods = 'GET, POST, DELETE'
const headers = 'Authorization, Content-Type, Idempotency-Key, Accept-Language'
/** How long a browser may remember what it was allowed, in seconds. */
const rememberedSeconds = 600

/**
 * Web pages may ask from allowed origins alone; programs name none. Returns the reply to a browser's question beforehand
 * (CORS preflight), `null` where the request goes on.
 */
export function keepOut(
  c: Context,
  origins: readonly string[],
): Response | 'origin-not-allowed' | null {
  const origin = c.req.header('origin')
  if (origin === undefined) {
    // A browser that asks without an origin asks for another site's page: an image, a script, a form.
    const site = c.req.header('sec-fetch-site')
    return site === undefined || site === 'none' || site === 'same-origin'
      ? null
      : 'origin-not-allowed'
  }
  if (!origins.includes(origin)) return 'origin-not-allowed'
  c.header('Access-Control-Allow-Origin', origin)
  c.header('Vary', 'Origin')
  if (c.req.method !== 'OPTIONS') return null
  c.header('Access-Control-Allow-Methods', methods)
  c.header('Access-Control-Allow-Headers', headers)
  c.header('Access-Control-Max-Age', String(rememberedSeconds))
  // Chromium asks so before a public page reaches this computer (Private Network Access, later Local Network Access).
  for (const network of ['Private', 'Local'])
    if (c.req.header(`access-control-request-${network.toLowerCase()}-network`) === 'true')
      c.header(`Access-Control-Allow-${network}-Network`, 'true')
  return c.body(null, 204)
}
