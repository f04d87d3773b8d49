// The program of the watchdog's thread (watchdog.ts).
import fs from 'node:fs'
import { workerData } from 'node:worker_threads'
import { z } from 'zod'

const { beats, message, hangsMs } = z
  .object({ beats: z.instanceof(Int32Array), message: z.string(), hangsMs: z.number() })
  .parse(workerData)

let last = -1
setInterval(() => {
  const now = Atomics.load(beats, 0)
  if (now === last) {
    // What a thread prints with `console` is written by the thread that hangs.
    fs.writeSync(2, `${message}\n`)
    process.kill(process.pid, 'SIGKILL')
  }
  last = now
}, hangsMs)
