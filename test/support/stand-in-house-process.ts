import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type StandIn, startStandIn } from '../../main/training/stand-in.ts'

// Runs stand-ins as a separate process (stand-in-house.ts): takes one JSON line for each to open or to close, and answers with one.
const Ask = z.object({ what: z.enum(['open', 'close']), id: z.number() })
const running = new Map<number, StandIn>()

for await (const text of createInterface({ input: process.stdin })) {
  const { what, id } = Ask.parse(JSON.parse(text))
  if (what === 'open') {
    const standIn = await startStandIn()
    running.set(id, standIn)
    const { origin, controlOrigin } = standIn
    console.log(JSON.stringify({ id, origin, controlOrigin }))
  } else {
    await running.get(id)?.close()
    running.delete(id)
    console.log(JSON.stringify({ id, closed: true }))
  }
}
