export const appScheme = 'app'
export const appOrigin = `${appScheme}://till`

/**
 * No inline script or style, no network: everything comes from the files shipped, and what the page wants of the
 * world it asks the main process. `data:` images are the training codes drawn in the page.
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
