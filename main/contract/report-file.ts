import { z } from 'zod'

/** Receipt printers have rolls of two widths. */
export const reportPapers = ['A4', '80mm', '58mm'] as const
export const ReportPaper = z.enum(reportPapers)
export type ReportPaper = z.infer<typeof ReportPaper>

/** A report to be written to a file. A PDF is of what the page shows as its report. */
export const ReportFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pdf'), paper: ReportPaper }),
  z.strictObject({
    kind: z.literal('csv'),
    rows: z.array(z.array(z.string().max(500)).max(50)).max(10_000),
  }),
])
export type ReportFile = z.infer<typeof ReportFile>

/** What a file dialog offers as its name. */
export const ReportName = z.string().regex(/^[\p{L}\p{N} ._-]{1,80}$/u)
