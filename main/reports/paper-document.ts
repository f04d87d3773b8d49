import type { ReportPaper } from '../contract/report-file.ts'

/** A paper as a document to be printed, composed from the records. */
export interface PaperDocument {
  readonly html: string
  readonly paper: ReportPaper
}

/** A report to be written to a file whose name without its ending is proposed. */
export type FileDraft =
  | ({ readonly kind: 'pdf'; readonly name: string } & PaperDocument)
  | { readonly kind: 'csv'; readonly name: string; readonly text: string }
