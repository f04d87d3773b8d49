import type { CounterView } from '../../main/contract/counter.ts'
import type { Preferences } from '../../main/contract/preferences.ts'

/** `loudness`: a share of the volume; all of it where it is left out. */
type Note = readonly [frequencyHz: number, startS: number, lengthS: number, loudness?: number]

/** What is heard of the counter, and that a scan was read. */
export type Tone = CounterView['sound']['name'] | 'read'

/**
 * Told apart by pitch, number and direction, not by loudness: a scanner's own beep only says that it has read.
 * "Give" rises, "not yet" repeats one middle note, "do not give" falls low and long, "already given" is one soft note.
 * What turned by itself calls for somebody with two notes far apart, the second one long.
 */
const notes: Readonly<Record<Tone, readonly Note[]>> = {
  read: [[1320, 0, 0.05]],
  give: [
    [784, 0, 0.12],
    [1175, 0.12, 0.22],
  ],
  'not-yet': [
    [659, 0, 0.12],
    [659, 0.2, 0.12],
    [659, 0.4, 0.12],
  ],
  'do-not-give': [
    [330, 0, 0.25],
    [196, 0.25, 0.45],
  ],
  'already-given': [[523, 0, 0.3, 0.5]],
  attention: [
    [1047, 0, 0.18],
    [698, 0.26, 0.5],
  ],
}

/** Of full scale, at the loudest setting: a till speaks, it does not shout. */
const loudest = 0.5
const rampS = 0.01

/** One for the life of the page, made when the first tone is heard. */
let output: AudioContext | undefined

/** How loud the till may be. */
export type Loudness = Pick<Preferences, 'muted' | 'volumePercent'>

/** Plays one of the till's tones. */
export function playTone(tone: Tone, { muted, volumePercent }: Loudness): void {
  if (muted || volumePercent === 0) return
  // Loudness is heard as a power of the amplitude: by squares the steps sound even.
  const volume = loudest * (volumePercent / 100) ** 2
  output ??= new AudioContext()
  const start = output.currentTime
  for (const [frequency, offset, length, loudness = 1] of notes[tone])
    playNote(output, { frequency, at: start + offset, length, volume: volume * loudness })
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
