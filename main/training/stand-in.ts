/*
 * training/ is a stand-in for WeChat Pay, for cashiers in training and for the tests. It checks the client of wechatpay/,
 * so it shares no code with it, and imports nothing of main but contract/. No real key or coupon comes near it.
 */

import type { RequestListener } from 'node:http'
import { type Behaviour, defaultBehaviour } from './behaviour.ts'
import { controlRoutes } from './control-routes.ts'
import { controlListener } from './control-server.ts'
import { createWorld } from './create-world.ts'
import { FaultScript } from './faults.ts'
import { type GatewayState, handleRequest } from './gateway-handler.ts'
import { readRequest } from './incoming-request.ts'
import { RateLimit } from './rate-limit.ts'
import { listen } from './switchable-listener.ts'
import { loadWorld, saveWorld } from './world-file.ts'

export interface StandInOptions {
  /** Of the gateway; any free port by default. */
  readonly port?: number
  /** Of the control port; any free port by default. */
  readonly controlPort?: number
  /** Where coupons, keys and ledger are kept across restarts; `null`, the default: in memory alone. */
  readonly worldFile?: string | null
  /** Epoch milliseconds; `Date.now` by default. */
  readonly now?: () => number
}

export interface StandIn {
  /** Where it serves WeChat Pay's API v3. */
  readonly origin: string
  /** Where it serves the requests of `control-api.ts`. */
  readonly controlOrigin: string
  close(): Promise<void>
}

/** Starts a small WeChat Pay on loopback. It behaves as the documents say, and faultily when told to. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const clock = options.now ?? Date.now
  const worldFile = options.worldFile ?? null
  const world = (worldFile === null ? null : loadWorld(worldFile)) ?? (await createWorld(clock()))
  const save = () => {
    if (worldFile !== null) saveWorld(worldFile, world)
  }
  save()

  let behaviour: Behaviour = defaultBehaviour
  const now = () => clock() + behaviour.clockOffsetMs
  const faults = new FaultScript()
  const state: GatewayState = {
    world,
    behaviour: () => behaviour,
    faults,
    rateLimit: new RateLimit(),
    now,
    save,
  }
  const gateway = await listen(options.port ?? 0, gatewayListener(state))
  const routes = controlRoutes({
    world,
    faults,
    gateway,
    now,
    save,
    getBehaviour: () => behaviour,
    setBehaviour(next) {
      behaviour = next
    },
  })
  const control = await listen(options.controlPort ?? 0, controlListener(routes))

  return {
    origin: gateway.origin,
    controlOrigin: control.origin,
    async close() {
      await Promise.all([gateway.cut(), control.cut()])
    },
  }
}

function gatewayListener(state: GatewayState): RequestListener {
  return (message, response) => {
    void respond().catch((error: unknown) => {
      // A bug of the stand-in must not look like a network fault: this status makes the test fail.
      response.writeHead(599, { 'Content-Type': 'text/plain' })
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error))
    })

    async function respond(): Promise<void> {
      const request = await readRequest(message)
      const reply = request && (await handleRequest(state, request))
      if (reply === null) {
        message.socket.destroy()
        return
      }
      const { status, headers, body, dropAfter } = reply
      response.writeHead(status, { ...headers, 'Content-Length': body.length })
      if (dropAfter === null) response.end(body)
      else response.write(body.subarray(0, dropAfter), () => message.socket.destroy())
    }
  }
}
