/** A reply of the stand-in before it is signed and sent. */
export interface ApiReply {
  readonly status: number
  /** `null`: an empty body. A string goes out as it is. */
  readonly body: object | string | null
  /** False for a reply to a request that was not authenticated, or from something in front of WeChat Pay. */
  readonly signed: boolean
  /** Besides those that every reply has. */
  readonly headers: Readonly<Record<string, string>>
}

/** The `detail` of an API error. */
export interface ErrorDetail {
  readonly field?: string
  readonly value?: string
  readonly issue?: string
  readonly location?: string
}

export function success(body: object): ApiReply {
  return { status: 200, body, signed: true, headers: {} }
}

export function apiError(
  status: number,
  code: string,
  message: string,
  detail?: ErrorDetail,
): ApiReply {
  const body = detail ? { code, message, detail } : { code, message }
  return { status, body, signed: true, headers: {} }
}

export function unsigned(reply: ApiReply): ApiReply {
  return { ...reply, signed: false }
}

/** `2026-01-02T15:04:05+08:00`, whatever time zone this computer is in. `instant` is in epoch milliseconds. */
export function beijingTime(instant: number): string {
  const shifted = new Date(instant + 8 * 3_600_000).toISOString()
  return `${shifted.slice(0, 19)}+08:00`
}
