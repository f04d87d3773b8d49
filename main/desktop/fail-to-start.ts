import { app } from 'electron'

/** For a fault before there is a window or a log to tell it in: the console is all there is. */
export function failToStart(cause: unknown): void {
  const told = cause instanceof Error ? cause.stack : String(cause)
  process.stderr.write(`Hexiao Till could not start: ${told}\n`)
  app.exit(1)
}
