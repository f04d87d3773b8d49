import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const file = path.join(import.meta.dirname, '../../docs/pos/openapi.yaml')
const Media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }))
const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        requestBody: z.object({ content: Media }).optional(),
        responses: z.record(z.string(), z.object({ content: Media })),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

/** The document that POS programs are written by, as a judge of the till's replies; by Ajv, which the till does not use. */
export class PosContract {
  readonly #document = Document.parse(parse(readFileSync(file, 'utf8')))
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor() {
    this.#ajv.addSchema({ $id: 'document', components: this.#document.components })
  }

  /** Returns what is wrong with a reply; `null` where it is as the document says. */
  faultOf(
    method: string,
    address: string,
    reply: { status: number; type: string; text: string },
  ): string | null {
    const { status, type, text } = reply
    const known = Object.entries(this.#document.paths).find(([each]) =>
      new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(address),
    )
    const operation = known?.[1][method.toLowerCase()]
    // What is not in the document has a problem all the same.
    const isUnknown =
      operation === undefined &&
      (status === 404 || status === 405 || status === 421 || status === 403)
    const media = isUnknown
      ? { schema: { $ref: '#/components/schemas/Problem' } }
      : operation?.responses[String(status)]?.content[type]
    if (media === undefined) return `${method} ${address}: ${status} ${type} is not in the document`
    const isFit = this.#validator(media.schema)
    return isFit(JSON.parse(text))
      ? null
      : `${method} ${address}: ${status}: ${this.#ajv.errorsText(isFit.errors)}`
  }

  /** Whether the document allows this body. */
  allows(method: string, address: string, body: unknown): boolean {
    const operation = this.#document.paths[address]?.[method.toLowerCase()]
    const media = operation?.requestBody?.content['application/json']
    if (media === undefined) throw new Error(`${method} ${address} takes no body`)
    return this.#validator(media.schema)(body)
  }

  #validator(schema: Readonly<Record<string, unknown>>): ValidateFunction {
    const name = JSON.stringify(schema)
    const compiled =
      this.#compiled.get(name) ??
      this.#ajv.compile(JSON.parse(name.replaceAll('"#/', '"document#/')))
    this.#compiled.set(name, compiled)
    return compiled
  }
}
