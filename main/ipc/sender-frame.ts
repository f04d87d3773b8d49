/** The frame of a page that sent a request. */
export interface SenderFrame {
  readonly url: string
  /** `null` for a page's main frame. */
  readonly parent: object | null
}

/** Returns the frame that `read` returns; `null` where it is gone: Electron throws at a frame that was closed meanwhile. */
export function readFrame(read: () => SenderFrame | null): SenderFrame | null {
  try {
    const frame = read()
    return frame && { url: frame.url, parent: frame.parent }
  } catch {
    // Nobody is there any more to be told.
    return null
  }
}

/** Whether this is our own page's main frame. */
export function isTrusted(frame: SenderFrame | null, origin: string): boolean {
  // The main frame is the one without a parent. `sender.mainFrame` is another object after the page has crashed, and
  // the frame then calls itself detached (Electron 33).
  if (!frame || frame.parent !== null) return false
  return URL.canParse(frame.url) && originOf(frame.url) === origin
}

/** Returns an address's origin. `URL.origin` cannot be used: it is "null" for custom schemes. */
function originOf(address: string): string {
  const url = new URL(address)
  return `${url.protocol}//${url.host}`
}
