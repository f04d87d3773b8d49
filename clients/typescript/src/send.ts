/** Where the till listens, and as whom it is asked. */
export interface TillConnection {
  /** Such as `http://127.0.0.1:9740`. */
  readonly origin: string
  /** From the pairing; `null` before it. */
  readonly token: string | null
  /** Of the words in replies. */
  readonly language: 'zh-CN' | 'en'
  /** How long one try may take, in milliseconds. The till itself waits for WeChat Pay up to 20 seconds. */
  readonly tryMs: number
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal
}

export interface SendOptions {
  /** Always there: optional, because the generated functions take options that may be left out. */
  readonly till?: TillConnection
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** There was no reply that the till could have given: what was asked for may have happened, or not. */
export class NoReply extends Error {
  override readonly name = 'NoReply'
}

/** Returns what is sent with every request to the till. */
export function headersFor({ token, language }: TillConnection): Record<string, string> {
  return {
    'Accept-Language': language,
    ...(token !== null && { Authorization: `Bearer ${token}` }),
  }
}

/**
 * Sends one request, once, for the generated functions. Resolves to the reply in the envelope that they declare. Rejects with
 * `NoReply` where none came, or one that is not the till's.
 */
export async function send<T>(path: string, options: SendOptions): Promise<T> {
  const { till, headers, ...init } = options
  if (till === undefined) throw new TypeError('no till to ask')
  const limits = [AbortSignal.timeout(till.tryMs), ...(till.signal ? [till.signal] : [])]
  try {
    const response = await fetch(`${till.origin}${path}`, {
      ...init,
      headers: { ...headersFor(till), ...headers },
      signal: AbortSignal.any(limits),
      // A till neither redirects nor wants cookies.
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
    })
    const type = response.headers.get('content-type') ?? ''
    const isTills = type === (response.ok ? 'application/json' : 'application/problem+json')
    if (!isTills) throw new Error(`${response.status} ${type}: another program has this port`)
    const data: unknown = await response.json()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what T is follows from the document, which the till's replies are tested by
    return { data, status: response.status, headers: response.headers } as T
  } catch (cause) {
    throw new NoReply(`${init.method} ${path}: no reply`, { cause })
  }
}
