import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScannerConnection, SerialPortView } from '../../../main/contract/attached-scanner.ts'
import { baudRates } from '../../../main/contract/baud-rates.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import styles from './scanner-settings.module.css'

const [usualBaudRate] = baudRates

/** Which scanner the till reads: one that types, one on a serial port, or a HID-POS scanner. */
export function ConnectionSettings({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('scanner')
  const { scannerConnection: connection, scannerState } = snapshot
  const [ports, setPorts] = useState<readonly SerialPortView[]>([])
  const look = (): void => {
    void window.till.scanner.ports({}).then((reply) => {
      if (reply.ok) setPorts(reply.value)
    })
  }
  useEffect(look, [])
  const choose = (kind: ScannerConnection['kind']): void => {
    if (kind === connection.kind) return
    if (kind !== 'serial') connect({ kind })
    else if (ports[0]) connect({ kind, path: ports[0].path, baudRate: usualBaudRate })
  }
  const kinds = (['keyboard', 'serial', 'hid'] as const).map((kind) => ({
    value: kind,
    label: t(`connection.${kind}`),
    hint:
      kind === 'serial' && ports.length === 0 && connection.kind !== 'serial'
        ? t('connection.noPorts')
        : t(`connection.${kind}Hint`),
  }))
  return (
    <>
      <Choice
        label={t('connection.title')}
        value={connection.kind}
        options={kinds}
        onChange={choose}
      />
      {connection.kind === 'serial' && (
        <>
          <Choice
            label={t('connection.port')}
            value={connection.path}
            options={withChosen(ports, connection.path)}
            onChange={(path) => connect({ ...connection, path })}
            isRow
          />
          <Choice
            label={t('connection.baudRate')}
            value={String(connection.baudRate)}
            options={baudRates.map((rate) => ({ value: String(rate), label: String(rate) }))}
            onChange={(rate) => connect({ ...connection, baudRate: Number(rate) })}
            isRow
          />
        </>
      )}
      <div className={styles['foot']}>
        <output data-testid="scanner-state" data-state={scannerState} className={styles['state']}>
          {scannerState !== 'off' && t(`connection.state.${scannerState}`)}
        </output>
        <Button className={buttons['quiet'] ?? ''} onPress={look}>
          {t('connection.refresh')}
        </Button>
      </div>
    </>
  )
}

function connect(scannerConnection: ScannerConnection): void {
  void window.till.preferences.set({ scannerConnection })
}

/** Adds the chosen port to the list while it is unplugged. */
function withChosen(ports: readonly SerialPortView[], path: string) {
  const known = ports.map((port) => ({ value: port.path, label: port.label }))
  return known.some((port) => port.value === path)
    ? known
    : [{ value: path, label: path }, ...known]
}
