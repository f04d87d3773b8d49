import type { RequestListener, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { Control } from './control-api.ts'
import { type IncomingRequest, readRequest } from './incoming-request.ts'

export interface ControlRoute {
  readonly method: string
  readonly path: string
  /** Carries out the request; `null` when its input does not fit the schema. */
  readonly run: (input: unknown) => Promise<{ readonly output: unknown } | null>
}

/** Joins a request of the control port with the function that carries it out. */
export function controlRoute<I extends z.ZodType, O extends z.ZodType>(
  control: Control<I, O>,
  handler: (input: z.output<I>) => z.input<O> | Promise<z.input<O>>,
): ControlRoute {
  return {
    method: control.method,
    path: control.path,
    async run(input) {
      const parsed = control.input.safeParse(input)
      return parsed.success ? { output: await handler(parsed.data) } : null
    },
  }
}

/** The listener of the control port. Refuses web pages: a request must name loopback as its host and have no origin. */
export function controlListener(routes: readonly ControlRoute[]): RequestListener {
  return (message, response) => {
    void respond().catch((error: unknown) => {
      send(response, 500, { error: error instanceof Error ? error.message : String(error) })
    })

    async function respond(): Promise<void> {
      const { host = '', origin } = message.headers
      if (origin !== undefined || !/^(127\.0\.0\.1|localhost):\d+$/.test(host)) {
        send(response, 403, { error: 'for programs on this machine only' })
        return
      }
      const request = await readRequest(message)
      if (request === null) {
        message.destroy()
        return
      }
      const [path] = request.target.split('?', 1)
      const route = routes.find((entry) => entry.method === request.method && entry.path === path)
      if (route === undefined) {
        send(response, 404, { error: 'no such control' })
        return
      }
      const done = await route.run(inputOf(request))
      if (done === null) send(response, 400, { error: 'not what this control takes' })
      else send(response, 200, done.output)
    }
  }
}

/** `null`, which no control takes, when the body is not JSON. */
function inputOf(request: IncomingRequest): unknown {
  const [, query = ''] = request.target.split('?', 2)
  if (request.method === 'GET') return Object.fromEntries(new URLSearchParams(query))
  try {
    return JSON.parse(Buffer.from(request.body).toString('utf8'))
  } catch {
    return null
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body))
}
