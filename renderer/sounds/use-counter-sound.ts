import { useEffect, useRef } from 'react'
import type { Sound } from '../../main/contract/appearance.ts'
import type { CounterView } from '../../main/contract/counter.ts'
import { playTone } from './tones.ts'

/** Plays what the counter has to be heard of, once for each; what stood there when the page began was heard before. */
export function useCounterSound({ count, name }: CounterView['sound'], sound: Sound): void {
  const heard = useRef(count)
  const loudness = useRef(sound)
  useEffect(() => {
    loudness.current = sound
  }, [sound])
  useEffect(() => {
    // A count that fell is another till's, which begins anew.
    if (count > heard.current) playTone(name, loudness.current)
    heard.current = count
  }, [count, name])
}
