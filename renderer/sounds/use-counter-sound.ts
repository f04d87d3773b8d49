import { useEffect, useRef } from 'react'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { type Loudness, playTone } from './tones.ts'

/** Plays what the counter has to be heard of, once for each; what stood there when the page began was heard before. */
export function useCounterSound({
  counter,
  muted,
  volumePercent,
}: Loudness & Pick<AppSnapshot, 'counter'>): void {
  const { count, name } = counter.sound
  const heard = useRef(count)
  const loudness = useRef({ muted, volumePercent })
  useEffect(() => {
    loudness.current = { muted, volumePercent }
  }, [muted, volumePercent])
  useEffect(() => {
    // A count that fell is another till's, which begins anew.
    if (count > heard.current) playTone(name, loudness.current)
    heard.current = count
  }, [count, name])
}
