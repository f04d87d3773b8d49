import { BrowserWindow, screen } from 'electron'
import type { Engine } from '../engine/start-engine.ts'
import { customerPage, customerView } from './customer-page.ts'
import { scriptlessPage } from './scriptless-page.ts'

/** Shown after the cashier's page has its verdict, which is more urgent. */
const coalesceMs = 120

/**
 * Shows the customer on a second monitor what was accepted, where the shop wants that and a monitor is there. The window never takes
 * the focus, which is the scanner's, and no script runs in it. Returns a function that ends it.
 */
export function openCustomerDisplay(
  till: BrowserWindow,
  engine: Pick<Engine, 'snapshot' | 'subscribe'>,
  onFault: (cause: unknown) => void,
): () => void {
  let window: BrowserWindow | null = null
  let drawn = ''
  let timer: NodeJS.Timeout | null = null

  function close(): void {
    if (window !== null && !window.isDestroyed()) window.destroy()
    window = null
    drawn = ''
  }

  function otherScreen(): Electron.Display | null {
    if (till.isDestroyed()) return null
    const own = screen.getDisplayMatching(till.getBounds()).id
    return screen.getAllDisplays().find(({ id }) => id !== own) ?? null
  }

  function draw(): void {
    timer = null
    const snapshot = engine.snapshot()
    if (snapshot === null) return
    const place = snapshot.customerDisplay && !snapshot.runtime.practice ? otherScreen() : null
    if (place === null) return close()
    const page = customerPage(customerView(snapshot))
    window ??= openOn(place)
    if (page === drawn) return
    drawn = page
    window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`).catch(onFault)
  }

  const soon = (): void => {
    timer ??= setTimeout(draw, coalesceMs)
  }
  /** A monitor came, went or moved: the window is opened where it belongs now. */
  const moved = (): void => {
    close()
    soon()
  }
  const stop = engine.subscribe(soon)
  soon()
  screen.on('display-added', moved)
  screen.on('display-removed', moved)
  screen.on('display-metrics-changed', moved)
  return () => {
    stop()
    if (timer !== null) clearTimeout(timer)
    screen.off('display-added', moved)
    screen.off('display-removed', moved)
    screen.off('display-metrics-changed', moved)
    close()
  }
}

function openOn({ bounds }: Electron.Display): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    title: 'Hexiao Till',
    show: false,
    frame: false,
    focusable: false,
    skipTaskbar: true,
    backgroundColor: '#0f1e17',
    webPreferences: scriptlessPage('customer'),
  })
  window.once('ready-to-show', () => {
    window.setBounds(bounds)
    window.showInactive()
  })
  return window
}
