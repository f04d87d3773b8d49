import { app } from 'electron'

/** Ends the program over an error before there is a window or a log: the console is all there is to write it to. */
export function failToStart(cause: unknown): void {
  const description = cause instanceof Error ? cause.stack : String(cause)
  process.stderr.write(`Hexiao Till could not start: ${description}\n`)
  app.exit(1)
}
