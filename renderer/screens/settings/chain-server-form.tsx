import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import {
  type CopiedServer,
  defaultServerPort,
  leastServerVersion,
} from '../../../main/contract/chain.ts'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import { NumberSetting } from './number-setting.tsx'
import { ServerProgramChoice } from './server-program-choice.tsx'
import styles from './settings-screen.module.css'
import type { ChainAsking } from './use-chain-setup.ts'
import { useServerPrograms } from './use-server-programs.ts'

interface ChainServerFormProps {
  readonly asking: ChainAsking
  /** A server that was stopped on this computer. */
  readonly stoppedFolder: string | null
}

const ports = { least: 1024, most: 65_534 } as const

/** Makes this computer the shop's server: a new one, the one that ran here before, or one from another computer. */
export function ChainServerForm({ asking, stoppedFolder }: ChainServerFormProps) {
  const { t } = useTranslation('chain')
  const { ask, isBusy, tell } = asking
  const programs = useServerPrograms()
  const [which, setWhich] = useState<'fresh' | 'stopped' | 'copied'>(
    stoppedFolder === null ? 'fresh' : 'stopped',
  )
  const [copied, setCopied] = useState<CopiedServer | null>(null)
  const [port, setPort] = useState<number>(defaultServerPort)
  const folder = { fresh: null, stopped: stoppedFolder, copied: copied?.folder ?? null }[which]
  const isPortRight = Number.isInteger(port) && port >= ports.least && port <= ports.most
  const isFolderMissing = which === 'copied' && copied === null
  const program = programs.chosen

  async function chooseFolder(): Promise<void> {
    tell(null)
    const reply = await window.till.chain.chooseServerFolder({})
    if (!reply.ok) tell('failed')
    else if (!reply.value.ok) tell(reply.value.error.code)
    else if (reply.value.value !== null) setCopied(reply.value.value)
  }

  const known = stoppedFolder === null ? [] : (['stopped'] as const)
  const options = [...known, 'fresh', 'copied'] as const
  return (
    <div className={styles['exports']}>
      <p>{t('server.means')}</p>
      <p className={styles['hint']}>
        {t('server.firewall', isPortRight ? { port, next: port + 1 } : { port: '?', next: '?' })}
      </p>
      <Choice
        label={t('server.which')}
        value={which}
        options={options.map((value) => ({
          value,
          label: t(`server.${value}`),
          ...(value === 'stopped'
            ? { hint: stoppedFolder ?? '' }
            : { hint: t(`server.${value}Hint`) }),
        }))}
        onChange={(next) => {
          tell(null)
          setWhich(next)
        }}
      />
      {which === 'copied' && (
        <div className={styles['found']}>
          {copied !== null && (
            <>
              <p>{t('server.folder', { folder: copied.folder })}</p>
              <p>{t('server.folderTills', { names: copied.tills.join(', ') })}</p>
            </>
          )}
          <div className={styles['row']}>
            <Button
              className={buttons['quiet'] ?? ''}
              data-testid="chain-folder"
              onPress={() => void chooseFolder()}
            >
              {t('server.chooseFolder')}
            </Button>
          </div>
        </div>
      )}
      <ServerProgramChoice programs={programs} least={leastServerVersion} />
      <div className={styles['narrow']}>
        <NumberSetting
          label={t('server.port')}
          description={t('server.portHint')}
          value={port}
          onChange={setPort}
        />
      </div>
      {(program === null || isFolderMissing) && (
        <p className={styles['hint']} data-testid="chain-needs">
          {t(program === null ? 'server.needs' : 'server.needsFolder')}
        </p>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={program === null || isFolderMissing || !isPortRight || isBusy}
          data-testid="chain-become-server"
          onPress={() => {
            if (program !== null)
              void ask(() => window.till.chain.becomeServer({ program, port, folder }))
          }}
        >
          {t('server.run')}
        </Button>
      </div>
      {isBusy && <output>{t('server.running')}</output>}
    </div>
  )
}
