import { X509Certificate } from 'node:crypto'
import { Behaviour } from './behaviour.ts'
import { controls } from './control-api.ts'
import { type ControlRoute, controlRoute } from './control-server.ts'
import { createPlatformCertificate } from './create-world.ts'
import type { FaultScript } from './faults.ts'
import { publicKeyPem } from './platform-signing.ts'
import { listSamples, renewSamples } from './samples.ts'
import type { SwitchableListener } from './switchable-listener.ts'
import { type World, findCoupon, trainingMerchant } from './world.ts'

/** What the control port acts on. */
export interface ControlledStandIn {
  readonly world: World
  readonly faults: FaultScript
  readonly gateway: SwitchableListener
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Writes the world to its file. To be called after every change. */
  readonly save: () => void
  getBehaviour(): Behaviour
  setBehaviour(behaviour: Behaviour): void
}

/** Carries out the requests of the control port. */
export function controlRoutes(controlled: ControlledStandIn): readonly ControlRoute[] {
  const { world, faults, gateway, now, save } = controlled
  return [
    controlRoute(controls.enrol, ({ certificatePem }) => {
      enrol(world, certificatePem)
      if (world.samples.length === 0) renewSamples(world, now())
      save()
      const { mchid, appid } = trainingMerchant(world)
      return {
        origin: gateway.origin,
        network: gateway.isUp() ? ('up' as const) : ('cut' as const),
        mchid,
        appid,
        publicKeyId: world.publicKey.id,
        publicKeyPem: publicKeyPem(world),
        apiV3Key: world.apiV3Key,
        platformCertificates: world.platformCertificates,
      }
    }),
    controlRoute(controls.ledger, () => world.ledger),
    controlRoute(controls.samples, () => listSamples(world)),
    controlRoute(controls.renewSamples, () => {
      renewSamples(world, now())
      save()
      return listSamples(world)
    }),
    controlRoute(controls.coupon, ({ code }) => findCoupon(world, code)),
    controlRoute(controls.putCoupons, ({ stocks, coupons }) => {
      const ids = new Set(stocks.map((stock) => stock.stockId))
      const codes = new Set(coupons.map((coupon) => coupon.code))
      world.stocks = [...world.stocks.filter((entry) => !ids.has(entry.stockId)), ...stocks]
      world.coupons = [...world.coupons.filter((entry) => !codes.has(entry.code)), ...coupons]
      save()
      return null
    }),
    controlRoute(controls.network, async ({ network }) => {
      await (network === 'cut' ? gateway.cut() : gateway.restore())
      return null
    }),
    controlRoute(controls.addFault, (fault) => {
      faults.add(fault)
      return null
    }),
    controlRoute(controls.clearFaults, () => {
      faults.clear()
      return null
    }),
    controlRoute(controls.behave, (change) => {
      const next = Behaviour.parse({ ...controlled.getBehaviour(), ...change })
      controlled.setBehaviour(next)
      return next
    }),
    controlRoute(controls.rotateCertificate, async ({ retireOld }) => {
      const fresh = await createPlatformCertificate(now())
      if (retireOld) world.platformCertificates = []
      world.platformCertificates.push(fresh)
      save()
      return { serial: fresh.serial }
    }),
  ]
}

/** A merchant may have several certificates at once; of more than this the oldest are removed. */
const maxCertificates = 3

function enrol(world: World, certificatePem: string): void {
  // WeChat Pay writes serials in upper case; Electron's BoringSSL in lower.
  const serial = new X509Certificate(certificatePem).serialNumber.toUpperCase()
  const merchant = trainingMerchant(world)
  const others = merchant.certificates.filter((entry) => entry.serial !== serial)
  merchant.certificates = [...others, { serial, certificatePem }].slice(-maxCertificates)
}
