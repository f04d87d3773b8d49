import { screen, type BrowserWindow } from 'electron'

const compactSize = { width: 400, height: 330 }
const fullMinimum = { width: 960, height: 600 }
const margin = 12

/**
 * Returns a function that makes the window compact (small, above all others, in a corner of its screen) or gives it the
 * whole screen back.
 */
export function createCompactSwitch(window: BrowserWindow): (compact: boolean) => void {
  let isCompact = false
  return (compact) => {
    if (compact === isCompact) return
    isCompact = compact
    if (compact) shrink(window)
    else unfold(window)
  }
}

function shrink(window: BrowserWindow): void {
  window.unmaximize()
  window.setMinimumSize(compactSize.width, compactSize.height)
  window.setAlwaysOnTop(true, 'floating')
  const place = (): void => window.setBounds(cornerOf(window))
  place()
  // Window managers unmaximize later, and then restore the former size.
  window.once('unmaximize', place)
}

function unfold(window: BrowserWindow): void {
  window.setAlwaysOnTop(false)
  window.maximize()
  window.setMinimumSize(fullMinimum.width, fullMinimum.height)
}

function cornerOf(window: BrowserWindow): Electron.Rectangle {
  const { workArea } = screen.getDisplayMatching(window.getBounds())
  return {
    ...compactSize,
    x: workArea.x + workArea.width - compactSize.width - margin,
    y: workArea.y + workArea.height - compactSize.height - margin,
  }
}
