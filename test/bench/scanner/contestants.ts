import { createScanListener } from '../../../renderer/scanner/scan-listener.ts'
import { defaultScannerProfile } from '../../../renderer/scanner/scanner-profile.ts'
import type { keyEvent } from './key-event.ts'
import { reactStandIn } from './react-stand-in.ts'
import { call, isCallable, member, PageSandbox } from './page-sandbox.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A decoder in use: it gets every event of the corpus and calls back with each code. All have factory settings. */
export interface Contestant {
  readonly name: string
  readonly clock: VirtualClock
  readonly dispatch: (event: ReturnType<typeof keyEvent>) => void
}

type OnCode = (code: string) => void

export function ours(onCode: OnCode): Contestant {
  const clock = new VirtualClock()
  const listener = createScanListener({
    profile: defaultScannerProfile,
    isWholeCode: (code) => /^\d{22}$/u.test(code),
    clock: {
      now: () => clock.now,
      after(ms, wake) {
        const id = clock.set(wake, ms, false)
        return () => clock.clear(id)
      },
    },
    onScan: (scan) => onCode(scan.text),
    onRejected: () => undefined,
  })
  return { name: 'Hexiao Till', clock, dispatch: (event) => listener.key(event) }
}

/** Does nothing: measures the cost of the harness itself. */
export function noDecoder(): Contestant {
  const page = new PageSandbox()
  call(page.document, 'addEventListener', 'keydown', () => undefined)
  return contestant('(nobody)', page)
}

export function onScan(onCode: OnCode): Contestant {
  const page = new PageSandbox()
  const library = page.load('onscan.js/onscan.js')
  call(library, 'attachTo', page.document, { onScan: text(onCode) })
  return contestant('onscan.js', page)
}

export function useScanDetection(onCode: OnCode): Contestant {
  const react = reactStandIn()
  const page = new PageSandbox({ react: react.module })
  const library = page.load('use-scan-detection/dist/index.js')
  react.render(() => call(library, 'default', { onComplete: text(onCode) }))
  return contestant('use-scan-detection', page)
}

export function keyboardBarcodeScanner(onCode: OnCode): Contestant {
  const page = new PageSandbox()
  const library = page.load(
    '@point-of-sale/keyboard-barcode-scanner/dist/keyboard-barcode-scanner.umd.js',
  )
  if (!isCallable(library)) throw new Error('keyboard-barcode-scanner exports no class')
  const scanner: unknown = Reflect.construct(library, [])
  call(scanner, 'addEventListener', 'barcode', (barcode: unknown) =>
    onCode(String(member(barcode, 'value'))),
  )
  call(scanner, 'connect')
  return contestant('@point-of-sale/keyboard-barcode-scanner', page)
}

export function useSymbologyScanner(onCode: OnCode): Contestant {
  const react = reactStandIn()
  const page = new PageSandbox({ react: react.module })
  const library = page.load(
    '@use-symbology-scanner/react/dist/use-symbology-scanner-react.cjs.prod.js',
  )
  const render = (): void => {
    react.render(() => call(library, 'useSymbologyScanner', text(onCode)))
  }
  // The library starts listening at its second render.
  render()
  render()
  return contestant('@use-symbology-scanner/react', page)
}

export function simpleBarcodeScanner(onCode: OnCode): Contestant {
  const page = new PageSandbox()
  const library = page.load('simple-barcode-scanner/dist/index.js')
  if (!isCallable(library)) throw new Error('simple-barcode-scanner exports no function')
  call(library(), 'on', text(onCode))
  return contestant('simple-barcode-scanner', page)
}

function text(onCode: OnCode): (code: unknown) => void {
  return (code) => onCode(String(code))
}

function contestant(name: string, page: PageSandbox): Contestant {
  return { name, clock: page.clock, dispatch: (event) => page.dispatch(event) }
}
