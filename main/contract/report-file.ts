import { z } from 'zod'
import { reportPapers } from './report-papers.ts'

export const ReportPaper = z.enum(reportPapers)
export type ReportPaper = z.infer<typeof ReportPaper>

/** As what a report is written to a file. */
export const ReportFile = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pdf'), paper: ReportPaper }),
  z.strictObject({ kind: z.literal('csv') }),
])
export type ReportFile = z.infer<typeof ReportFile>

/** What became of a paper that was to be printed. `no-printer`: this computer has none. */
export const PrintOutcome = z.enum(['printed', 'cancelled', 'no-printer', 'failed'])
export type PrintOutcome = z.infer<typeof PrintOutcome>
