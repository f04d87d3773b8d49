import { parseArgs } from 'node:util'
import { startStandIn } from '../../main/training/stand-in.ts'

// Runs the stand-in as a separate process: prints one JSON line with its origins, and serves until it is ended.
//   node test/support/stand-in-process.ts [--port N] [--control-port N] [--world FILE]
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    'control-port': { type: 'string' },
    world: { type: 'string' },
  },
})
const standIn = await startStandIn({
  port: Number(values.port ?? 0),
  controlPort: Number(values['control-port'] ?? 0),
  worldFile: values.world ?? null,
})
console.log(JSON.stringify({ origin: standIn.origin, controlOrigin: standIn.controlOrigin }))
