/** What is returned in place of an answer that did not come in time, or whose connection broke: what was asked for may still happen. */
export const silent = Symbol('silent')
export type Silent = typeof silent

/** Returns the promise's value if it comes within `ms`; otherwise `silent`, and nobody hears of it any more. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T | Silent> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(silent), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
