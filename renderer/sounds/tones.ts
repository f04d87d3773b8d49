import type { CounterView } from '../../main/contract/counter.ts'
import type { Preferences } from '../../main/contract/preferences.ts'

/** `loudness`: a share of the volume, 1 by default. */
type Note = readonly [frequencyHz: number, startS: number, lengthS: number, loudness?: number]

/** The sounds of the counter, and the one for a scan just read. */
export type Tone = CounterView['sound']['name'] | 'read'

/**
 * Told apart by pitch, number and direction, not by loudness; the scanner's own beep only means that it has read
 * something. "Give" rises, "not yet" repeats one middle note, "do not give" falls low and long, "already given" is one
 * soft note. A result that came later, by itself, calls with two notes far apart, the second one long.
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

/** Share of full scale at the loudest setting, so that it is loud without startling. */
const loudest = 0.5
const rampS = 0.01

/** Created with the first tone and kept as long as the page. */
let output: AudioContext | undefined

/** The preferences that decide how loud a tone is. */
export type Loudness = Pick<Preferences, 'muted' | 'volumePercent'>

/** Plays one of the till's tones. */
export function playTone(tone: Tone, { muted, volumePercent }: Loudness): void {
  if (muted || volumePercent === 0) return
  // Perceived loudness is a power of the amplitude; with squares the volume steps sound even.
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
