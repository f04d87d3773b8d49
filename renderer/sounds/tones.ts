import type { Sound } from '../../main/contract/appearance.ts'
import type { Verdict } from '../../main/contract/counter.ts'

type Note = readonly [frequencyHz: number, startS: number, lengthS: number]

/**
 * Told apart by pitch, number and direction, not by loudness: a scanner's own beep only says that it has read.
 * Green rises, amber repeats one note, red falls low and long.
 */
const notes: Readonly<Record<Verdict['tone'] | 'read', readonly Note[]>> = {
  read: [[1320, 0, 0.05]],
  green: [
    [784, 0, 0.12],
    [1175, 0.12, 0.22],
  ],
  amber: [
    [659, 0, 0.12],
    [659, 0.2, 0.12],
    [659, 0.4, 0.12],
  ],
  red: [
    [330, 0, 0.25],
    [196, 0.25, 0.45],
  ],
}

/** Of full scale, at the loudest setting: a till speaks, it does not shout. */
const loudest = 0.5
const rampS = 0.01

export type Tone = keyof typeof notes

/** Plays the till's tones; one audio context for the life of the page. */
export function createTonePlayer(): (tone: Tone, sound: Sound) => void {
  let context: AudioContext | undefined
  return (tone, { muted, volumePercent }) => {
    if (muted || volumePercent === 0) return
    // Loudness is heard as a power of the amplitude: by squares the steps sound even.
    const volume = loudest * (volumePercent / 100) ** 2
    context ??= new AudioContext()
    const start = context.currentTime
    for (const [frequency, offset, length] of notes[tone])
      playNote(context, { frequency, at: start + offset, length, volume })
  }
}

interface PlayedNote {
  readonly frequency: number
  readonly at: number
  readonly length: number
  readonly volume: number
}

function playNote(context: AudioContext, { frequency, at, length, volume }: PlayedNote): void {
  const oscillator = new OscillatorNode(context, { frequency, type: 'triangle' })
  const gain = new GainNode(context, { gain: 0 })
  gain.gain.setValueAtTime(0, at)
  gain.gain.linearRampToValueAtTime(volume, at + rampS)
  gain.gain.setValueAtTime(volume, at + length - rampS)
  gain.gain.linearRampToValueAtTime(0, at + length)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(at)
  oscillator.stop(at + length)
}
