import { liveHandOverParty } from '../../main/app/live/live-hand-over-party.ts'
import type { HandOverParty } from '../../main/app/hand-over-party.ts'
import { createHandOverOrders, type HandOverFileFault } from '../../main/app/hand-over-orders.ts'
import type { HandOverFault } from '../../main/contract/hand-over-requests.ts'
import { ok, type Result } from '../../main/contract/result.ts'
import { createCredentialSource } from '../../main/credentials/credential-source.ts'
import { provision, type Provisioning } from '../../main/credentials/provision.ts'
import { type LivePlace, openLivePlace, provisioningOf } from './live-place.ts'
import type { MerchantMaterial } from './merchant-material.ts'
import { noLine, ScriptedTill } from './scripted-till.ts'

export const handOverPassword = '一二三 four'
const order = { by: 'Li', why: 'new computer' }

/** A live till with its merchant's certificate and one coupon that waits, beside a stick that goes from till to till. */
export class HandingTill {
  readonly place: LivePlace
  readonly shop: ScriptedTill
  party: HandOverParty
  /** What is on the stick. */
  stick: Result<Uint8Array, HandOverFileFault> | null = null
  #isOpen = true

  private constructor(place: LivePlace, shop: ScriptedTill, party: HandOverParty) {
    this.place = place
    this.shop = shop
    this.party = party
  }

  static async open(
    material: MerchantMaterial,
    change: Partial<Provisioning> = {},
  ): Promise<HandingTill> {
    const place = openLivePlace()
    const given = { ...provisioningOf(material), ...change }
    const provisioned = await provision(given, place)
    if (!provisioned.ok) throw new Error(provisioned.error.code)
    const { tillId, appid } = given
    const shop = new ScriptedTill({ tillId, appid })
    shop.use = () => noLine
    shop.probe = () => noLine
    const party = liveHandOverParty(provisioned.value, place, createCredentialSource(place))
    return new HandingTill(place, shop, party)
  }

  /** Keeps a coupon that is not settled, and waits until nothing of it is under way. */
  async keep(coupon: number): Promise<void> {
    await this.shop.scan(coupon)
    await this.shop.pass(0)
  }

  get #orders() {
    return createHandOverOrders({
      files: {
        choosePlace: async () => 'stick',
        write: async (_file, bytes) => {
          this.stick = ok(bytes)
        },
        read: async () => this.stick,
      },
      isOpen: () => this.#isOpen,
    })
  }

  get #open() {
    return { till: this.shop.till, handOverParty: this.party }
  }

  /** What the till says, or the file itself. */
  async export(): Promise<Uint8Array | HandOverFault['code']> {
    const made = await this.#orders.exportOpen(this.#open, handOverPassword, order)
    return made.ok ? this.#written() : made.error.code
  }

  async exportAgain(): Promise<Uint8Array | HandOverFault['code']> {
    const [newest] = this.shop.till.handOvers()
    const made = await this.#orders.exportAgain(this.#open, newest?.id ?? 0)
    return made.ok ? this.#written() : made.error.code
  }

  /** How many were taken over, or why none. */
  async import(file: Uint8Array): Promise<number | HandOverFault['code']> {
    this.stick = ok(file)
    const taken = await this.#orders.importOpen(this.#open, handOverPassword, order)
    return taken.ok ? (taken.value?.taken ?? 0) : taken.error.code
  }

  /** The till is opened anew while a dialog stands. */
  replace(): void {
    this.#isOpen = false
  }

  close(): void {
    this.shop.close()
    this.place.dispose()
  }

  #written(): Uint8Array {
    if (this.stick?.ok !== true) throw new Error('nothing was written')
    return this.stick.value
  }
}
