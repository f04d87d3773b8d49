import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'
import type { ServerPrograms } from './use-server-programs.ts'

interface ServerProgramChoiceProps {
  readonly programs: ServerPrograms
  /** The oldest version that will do. */
  readonly least: string
}

/** The program that the server is to be, and why those that will not do are no good. */
export function ServerProgramChoice({ programs, least }: ServerProgramChoiceProps) {
  const { t } = useTranslation('chain')
  const { found, chosen, choose, browse } = programs
  const good = (found ?? []).filter(({ fault }) => fault === null)
  return (
    <div className={styles['exports']}>
      {good.length > 0 && chosen !== null ? (
        <Choice
          label={t('server.program')}
          value={chosen}
          options={good.map(({ file, version }) => ({
            value: file,
            label: t('server.programVersion', { file, version: version ?? '?' }),
          }))}
          onChange={choose}
        />
      ) : (
        <>
          <h3>{t('server.program')}</h3>
          <p data-testid="chain-no-program">
            {found === null
              ? t('server.programSearching')
              : t('server.programNone', { version: least })}
          </p>
        </>
      )}
      {(found ?? []).map(
        ({ file, fault }) =>
          fault !== null && (
            <p key={file} className={forms['fault']} role="alert" data-testid="chain-program-fault">
              {file}: {t(`program.${fault}`)}
            </p>
          ),
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="chain-program"
          onPress={() => void browse()}
        >
          {t('server.choose')}
        </Button>
      </div>
    </div>
  )
}
