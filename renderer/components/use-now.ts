import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The wall clock, renewed at every full minute: enough to tell today's times from older ones. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const renew = (): void => {
      setNow(Date.now())
      // Measured anew each time: a suspended PC or a corrected clock is caught up with.
      timer = setTimeout(renew, minuteMs - (Date.now() % minuteMs))
    }
    timer = setTimeout(renew, minuteMs - (Date.now() % minuteMs))
    return () => clearTimeout(timer)
  }, [])
  return now
}
