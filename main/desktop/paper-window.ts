import { BrowserWindow, type WebContents } from 'electron'
import { z } from 'zod'
import type { PaperDocument } from '../reports/paper-document.ts'
import type { ReportPaper } from '../contract/report-file.ts'
import { scriptlessPage } from './scriptless-page.ts'

/** A page, in millimetres. */
export interface PaperSize {
  readonly width: number
  readonly height: number
}

const a4: PaperSize = { width: 210, height: 297 }
const rollWidth: Readonly<Record<Exclude<ReportPaper, 'A4'>, number>> = { '58mm': 58, '80mm': 80 }
const millimetresPerPixel = 25.4 / 96
/** Text may be set a little longer on paper than on the screen, and what does not fit would be a second page. */
const slackMillimetres = 2

const Root = z.object({ root: z.object({ nodeId: z.number() }) })
const Node = z.object({ nodeId: z.number() })
const Box = z.object({ model: z.object({ height: z.number() }) })

/**
 * Opens a paper in a window that nobody sees, hands it to `work` with the size of its page and closes it. A receipt roll is cut to
 * the length of what is on it. No script runs in the window, and nothing but the document itself is loaded.
 */
export async function onPaper<T>(
  { html, paper }: PaperDocument,
  work: (contents: WebContents, size: PaperSize) => Promise<T>,
): Promise<T> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: scriptlessPage('report'),
  })
  try {
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`)
    return await work(window.webContents, await sizeOf(window.webContents, paper))
  } finally {
    window.destroy()
  }
}

async function sizeOf(contents: WebContents, paper: ReportPaper): Promise<PaperSize> {
  if (paper === 'A4') return a4
  const width = rollWidth[paper]
  const height = Math.ceil((await bodyHeight(contents)) * millimetresPerPixel) + slackMillimetres
  // Drivers turn a page that is wider than it is long.
  return { width, height: Math.max(height, width) }
}

/** Asks Chromium from outside the page, in which no script may run. In CSS pixels. */
async function bodyHeight({ debugger: inspector }: WebContents): Promise<number> {
  inspector.attach()
  try {
    const { root } = Root.parse(await inspector.sendCommand('DOM.getDocument'))
    const of = { nodeId: root.nodeId, selector: 'body' }
    const body = Node.parse(await inspector.sendCommand('DOM.querySelector', of))
    return Box.parse(await inspector.sendCommand('DOM.getBoxModel', body)).model.height
  } finally {
    inspector.detach()
  }
}
