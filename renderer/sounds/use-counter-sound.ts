import { useEffect, useRef } from 'react'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import { type Loudness, playTone } from './tones.ts'

/** Plays each sound of the counter once. A sound from before the page was loaded is not played again. */
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
    // A lower count belongs to another till, which counts anew.
    if (count > heard.current) playTone(name, loudness.current)
    heard.current = count
  }, [count, name])
}
