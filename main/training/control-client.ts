import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { z } from 'zod'
import { type Control, controls } from './control-api.ts'

type Call<I extends z.ZodType, O extends z.ZodType> = (input: z.input<I>) => Promise<z.output<O>>
type CallOf<C> = C extends Control<infer I, infer O> ? Call<I, O> : never
export type ControlClient = { readonly [N in keyof typeof controls]: CallOf<(typeof controls)[N]> }

/**
 * A client for a stand-in's control port, e.g. `http://127.0.0.1:4712`. Calls reject when the stand-in is not there or
 * refuses the input: both are mistakes of the calling program.
 */
export function createControlClient(controlOrigin: string): ControlClient {
  function call<I extends z.ZodType, O extends z.ZodType>(control: Control<I, O>): Call<I, O> {
    return async (input) => {
      const { method, path } = control
      const url = new URL(path, controlOrigin)
      if (method === 'GET') {
        for (const [name, value] of Object.entries(input ?? {})) {
          url.searchParams.set(name, String(value))
        }
      }
      const { status, body } = await exchange(url, method, method === 'GET' ? null : input)
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
      return control.output.parse(body)
    }
  }

  return {
    enrol: call(controls.enrol),
    ledger: call(controls.ledger),
    samples: call(controls.samples),
    renewSamples: call(controls.renewSamples),
    coupon: call(controls.coupon),
    putCoupons: call(controls.putCoupons),
    network: call(controls.network),
    addFault: call(controls.addFault),
    clearFaults: call(controls.clearFaults),
    behave: call(controls.behave),
    rotateCertificate: call(controls.rotateCertificate),
  }
}

/** By Node's own client: the first use of `fetch` loads a library, and a start in training waits for this. */
function exchange(
  url: URL,
  method: string,
  input: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: unknown }>()
  const message = request(url, { method })
  message.on('error', reject)
  message.on('response', (reply) => {
    json(reply).then((body) => resolve({ status: reply.statusCode ?? 0, body }), reject)
  })
  if (input === null) message.end()
  else message.setHeader('Content-Type', 'application/json').end(JSON.stringify(input))
  return promise
}
