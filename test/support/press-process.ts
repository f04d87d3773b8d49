// A program for Electron, bundled by `paper-press.ts`: prints documents as the till does, without a till.
import { app } from 'electron'
import { z } from 'zod'
import type { PaperDocument } from '../../main/reports/paper-document.ts'
import { onPaper } from '../../main/desktop/paper-window.ts'
import { pdfOfPaper } from '../../main/desktop/press.ts'

/** What is between the margins of A4, at 96 pixels an inch. */
const a4Pixels = 680
const Snapshot = z.object({
  documents: z.tuple([z.object({ layout: z.object({ bounds: z.array(z.array(z.number())) }) })]),
})

export interface Pressed {
  /** Base64. */
  readonly pdf: string
  /** The leftmost and the rightmost pixel that anything is drawn at, and the page's width. */
  readonly reach: { readonly from: number; readonly to: number; readonly width: number }
}

async function press(document: PaperDocument): Promise<Pressed> {
  const pdf = await pdfOfPaper(document)
  const reach = await onPaper(document, async ({ debugger: inspector }, size) => {
    const width = document.paper === 'A4' ? a4Pixels : Math.floor((size.width * 96) / 25.4)
    inspector.attach()
    const metrics = { width, height: 600, deviceScaleFactor: 1, mobile: false }
    await inspector.sendCommand('Emulation.setDeviceMetricsOverride', metrics)
    const asked = { computedStyles: [] }
    const snapshot = Snapshot.parse(
      await inspector.sendCommand('DOMSnapshot.captureSnapshot', asked),
    )
    inspector.detach()
    const boxes = snapshot.documents[0].layout.bounds.filter(([, , wide = 0]) => wide > 0)
    return {
      from: Math.min(...boxes.map(([left = 0]) => left)),
      to: Math.max(...boxes.map(([left = 0, , wide = 0]) => left + wide)),
      width,
    }
  })
  return { pdf: pdf.toString('base64'), reach }
}

Reflect.set(globalThis, 'press', press)
// No window is open between two papers.
app.on('window-all-closed', () => undefined)
