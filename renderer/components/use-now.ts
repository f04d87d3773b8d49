import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** Returns the wall clock in epoch ms, updated every full minute: enough to tell today's times from older ones. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const renew = (): void => {
      setNow(Date.now())
      // Computed anew each time, so that it stays right after the PC was suspended or its clock was set.
      timer = setTimeout(renew, minuteMs - (Date.now() % minuteMs))
    }
    timer = setTimeout(renew, minuteMs - (Date.now() % minuteMs))
    return () => clearTimeout(timer)
  }, [])
  return now
}
