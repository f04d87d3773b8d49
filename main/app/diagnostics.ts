import { err, ok, type Result } from '../contract/result.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { factsOf } from '../diagnostics/facts.ts'

/** The file that diagnostics are written to, which a person chooses. */
export interface DiagnosticsFile {
  /** `null` when the dialog was cancelled. */
  choosePlace(): Promise<string | null>
  /** Rejects when the disk refuses. */
  write(file: string, bytes: Uint8Array): Promise<void>
}

interface DiagnosticsParts {
  readonly dialogs: { readonly diagnosticsFile: DiagnosticsFile }
  readonly computer: {
    readonly dataFolder: string
    /** Epoch milliseconds. */
    readonly clock: () => number
  }
  readonly onFault: (of: 'till', cause: unknown) => void
}

export type Exported = Result<string | null, { readonly code: 'not-written' }>

/** Saves one zip for support, and returns its file; `null` when the dialog was cancelled. */
export async function exportDiagnostics(
  { dialogs, computer, onFault }: DiagnosticsParts,
  snapshot: AppSnapshot,
): Promise<Exported> {
  const file = await dialogs.diagnosticsFile.choosePlace()
  if (file === null) return ok(null)
  try {
    const facts = factsOf(snapshot)
    // Loaded here: a library that packs archives is no part of a start.
    const { collectDiagnostics } = await import('../diagnostics/collect.ts')
    const zip = collectDiagnostics({
      userData: computer.dataFolder,
      facts,
      now: computer.clock(),
    })
    await dialogs.diagnosticsFile.write(file, zip)
    return ok(file)
  } catch (cause) {
    onFault('till', cause)
    return err({ code: 'not-written' })
  }
}
