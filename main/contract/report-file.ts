import { z } from 'zod'

/** A4, and the two widths of receipt paper. */
export const reportPapers = ['A4', '80mm', '58mm'] as const
export const ReportPaper = z.enum(reportPapers)
export type ReportPaper = z.infer<typeof ReportPaper>

/** A report that is to be written to a file. A PDF contains the report that the page shows. */
export const ReportFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pdf'), paper: ReportPaper }),
  z.strictObject({
    kind: z.literal('csv'),
    rows: z.array(z.array(z.string().max(500)).max(50)).max(10_000),
  }),
])
export type ReportFile = z.infer<typeof ReportFile>

/** The file name that the file dialog suggests. */
export const ReportName = z.string().regex(/^[\p{L}\p{N} ._-]{1,80}$/u)
