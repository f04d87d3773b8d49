/** The address of the page; see app-protocol.ts. */
export const appScheme = 'app'
export const appOrigin = `${appScheme}://till`

/**
 * Everything comes from the shipped files; there are no inline scripts or styles and no network, which the page has to
 * ask the main process for. `data:` images are the codes of training coupons, which the page draws.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
