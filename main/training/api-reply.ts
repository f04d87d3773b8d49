/** An answer of the stand-in before it is signed and sent. */
export interface ApiReply {
  readonly status: number
  /** `null`: an empty body. A string goes out as it is. */
  readonly body: object | string | null
  /** False for what comes from before the signature check, or from something in front of WeChat Pay. */
  readonly signed: boolean
  readonly headers?: Readonly<Record<string, string>>
}

export interface ErrorDetail {
  readonly field?: string
  readonly value?: string
  readonly issue?: string
  readonly location?: string
}

export function success(body: object): ApiReply {
  return { status: 200, body, signed: true }
}

export function failure(
  status: number,
  code: string,
  message: string,
  detail?: ErrorDetail,
): ApiReply {
  return { status, body: detail ? { code, message, detail } : { code, message }, signed: true }
}

export function unsigned(reply: ApiReply): ApiReply {
  return { ...reply, signed: false }
}

/** `2026-01-02T15:04:05+08:00`, built from the instant and not from this machine's zone. */
export function beijingTime(instant: number): string {
  const shifted = new Date(instant + 8 * 3_600_000).toISOString()
  return `${shifted.slice(0, 19)}+08:00`
}
