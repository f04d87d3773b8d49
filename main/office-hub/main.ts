// `hexiao-till office-hub`: the head office's hub on a computer of one's own, run by Node (docs/decisions/0065-a-head-office.md).
import { giveOrder } from '../back-office/control-socket.ts'
import { serviceText } from '../back-office/service-text.ts'
import {
  complain,
  exitCodes,
  ownStart,
  print,
  terminalLanguage,
  untilAskedToEnd,
} from '../back-office/terminal.ts'
import { fill } from '../contract/words/fill.ts'
import { catalogues } from '../contract/words/index.ts'
import { type OfficeHubCommand, readArguments } from './arguments.ts'
import { Reply } from './orders.ts'
import { openOutputFile } from './output-file.ts'
import { serve } from './serve.ts'
import { serviceOf } from './service.ts'

const words = catalogues[terminalLanguage(process.env)].commands.officeHub
process.exitCode = await main(readArguments(process.argv.slice(2)))

async function main(command: OfficeHubCommand): Promise<number> {
  switch (command.kind) {
    case 'help':
      print(words.usage)
      return exitCodes.ok
    case 'wrong':
      complain(fill(words.wrong, { problem: command.problem }))
      complain(words.usage)
      return exitCodes.usage
    case 'service':
      print(serviceText(serviceOf(command, ownStart())))
      return exitCodes.ok
    case 'order':
      return command.output === null ? order(command) : orderInto(command.output, command)
    case 'run':
      return run(command)
  }
}

type OrderCommand = Extract<OfficeHubCommand, { kind: 'order' }>

async function order(command: OrderCommand): Promise<number> {
  const reply = await given(command)
  if (reply === null) return exitCodes.failed
  print(command.order === 'status' ? statusText(reply) : fill(words.expelled, command))
  return exitCodes.ok
}

/** The same, with a file for what it gives. */
async function orderInto(file: string, command: OrderCommand): Promise<number> {
  let output
  try {
    output = openOutputFile(file)
  } catch (cause) {
    complain(fill(words.notMade, { file, detail: detailOf(cause) }))
    return exitCodes.failed
  }
  let isWritten = false
  try {
    const reply = await given(command)
    if (reply === null) return exitCodes.failed
    output.write(reply.file ?? '')
    isWritten = true
  } catch (cause) {
    complain(fill(words.notMade, { file, detail: detailOf(cause) }))
    // A shop whose file is lost would have its name for nothing.
    if (command.order === 'attach') await given({ ...command, order: 'expel' })
    return exitCodes.failed
  } finally {
    if (!isWritten) output.abandon()
  }
  print(fill(command.order === 'attach' ? words.attached : words.keys, { ...command, file }))
  return exitCodes.ok
}

/** What the hub says to it; `null` where it refuses or does not run, which is said. */
async function given({
  folder,
  order: what,
  name,
}: OrderCommand): Promise<Extract<Reply, { ok: true }> | null> {
  const reply = await giveOrder(folder, { order: what, name }, Reply)
  if (reply?.ok === true) return reply
  complain(fill(reply === null ? words.notRunning : words.fault[reply.fault], { folder, name }))
  return null
}

function statusText({ state, names, port, leafPort, shops }: Extract<Reply, { ok: true }>): string {
  return [
    words.state[state],
    fill(words.address, { names: names.join(', '), port, leafPort }),
    ...shops.map((name) => `- ${name}`),
    ...(shops.length === 0 ? [words.noShops] : []),
  ].join('\n')
}

async function run(
  command: Extract<OfficeHubCommand, { kind: 'run' | 'service' }>,
): Promise<number> {
  let served
  try {
    const onState = (state: keyof typeof words.state): void => print(words.state[state])
    served = await serve({ ...command, say: print, onState })
  } catch (cause) {
    complain(fill(words.failed, { folder: command.folder, detail: detailOf(cause) }))
    return exitCodes.failed
  }
  if (typeof served === 'string') {
    complain(words.notStarted[served])
    return exitCodes.failed
  }
  const { folder, port, leafPort } = command
  print(fill(words.runs, { folder, port, leafPort }))
  await untilAskedToEnd()
  await served.close()
  return exitCodes.ok
}

function detailOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
