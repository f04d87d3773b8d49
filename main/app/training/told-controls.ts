import type { OpenTill } from '../open-till.ts'

type Controls = OpenTill['training']

/** The same controls of a training till, which say when they have changed something. */
export function toldControls(controls: Controls, changed: () => void): Controls {
  return (
    controls && {
      ...controls,
      async setNetwork(next) {
        await controls.setNetwork(next)
        changed()
      },
    }
  )
}
