import { useEffect, useState } from 'react'
import type { About } from '../../main/contract/app-requests.ts'

/** Returns what somebody on the phone asks for; `null` until it was read. */
export function useAbout(): About | null {
  const [about, setAbout] = useState<About | null>(null)
  useEffect(() => {
    void window.till.app.about({}).then((reply) => {
      if (reply.ok) setAbout(reply.value)
    })
  }, [])
  return about
}
