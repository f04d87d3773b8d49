import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'

interface ChainQuestionProps {
  readonly title: string
  /** What it does, a paragraph each. */
  readonly what: readonly string[]
  readonly run: string
  readonly onRun: () => void
  readonly onClose: () => void
}

/** Asks before something that other tills feel. Enter does not press the dangerous button. */
export function ChainQuestion({ title, what, run, onRun, onClose }: ChainQuestionProps) {
  const { t } = useTranslation('chain')
  return (
    <Dialog title={title} onClose={onClose} testId="chain-question">
      {what.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('ask.cancel')}
        </Button>
        <Button
          className={buttons['danger'] ?? ''}
          data-testid="chain-question-run"
          onPress={() => {
            onClose()
            onRun()
          }}
        >
          {run}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
