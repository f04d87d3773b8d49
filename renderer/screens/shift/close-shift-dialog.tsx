import { useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ShiftFault } from '../../../main/contract/shift.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { focusOnMount } from '../../components/focus-on-mount.ts'
import forms from '../../components/forms.module.css'
import { PersonChoice } from '../../components/person-choice.tsx'
import { usePersonKeys } from '../../components/use-person-keys.ts'

interface CloseShiftDialogProps {
  readonly snapshot: AppSnapshot
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Closes the shift. A person by name takes over what is still open. */
export function CloseShiftDialog({ snapshot, onClose, onDone }: CloseShiftDialogProps) {
  const { t } = useTranslation('shift')
  const { queue, session, counter } = snapshot
  const held = counter.open.filter(({ kind }) => kind === 'held').length
  const notGiven = counter.open.filter(({ kind }) => kind === 'not-given').length
  const isAllDone = queue.waiting + queue.review + notGiven === 0
  const [handTo, setHandTo] = useState('')
  const [note, setNote] = useState('')
  const [fault, setFault] = useState<ShiftFault['code'] | 'failed' | null>(null)
  const open = queue.toHandOn
  // Nobody hands over to themselves, except where they are the only one.
  const present = session.staff.filter(({ id }) => id !== session.person?.id)
  const others = present.length > 0 ? present : session.staff
  const [isBusy, setIsBusy] = useState(false)
  const isReady = (open === 0 || handTo.trim() !== '') && !isBusy
  const choose = (id: string): void => setHandTo(others.find((each) => each.id === id)?.name ?? '')
  usePersonKeys(
    open === 0 ? [] : others,
    others.find(({ name }) => name === handTo)?.id ?? null,
    choose,
  )

  async function close(): Promise<void> {
    setIsBusy(true)
    const successor = handTo.trim() === '' ? null : handTo.trim()
    const reply = await window.till.shift.close({ handTo: successor, note: note.trim() })
    const wrong = reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed'
    setIsBusy(false)
    setFault(wrong)
    if (wrong === null) onDone()
  }

  return (
    <Dialog title={t('close.title')} onClose={onClose} testId="close-shift-dialog">
      <Form
        className={forms['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) void close()
        }}
      >
        {isAllDone && <p>{t('close.nothingOpen')}</p>}
        {!isAllDone && (
          <div className={forms['fault']} data-testid="still-open">
            {queue.waiting > 0 && <p>{t('close.waiting', { count: queue.waiting })}</p>}
            {held > 0 && <p data-testid="still-held">{t('close.held', { count: held })}</p>}
            {notGiven > 0 && (
              <p data-testid="still-not-given">{t('close.notGiven', { count: notGiven })}</p>
            )}
            {queue.review > 0 && <p>{t('close.review', { count: queue.review })}</p>}
            {open > 0 && <p>{t('close.sayWho')}</p>}
          </div>
        )}
        {open > 0 && (
          <>
            {others.length > 0 ? (
              <div className={forms['field']}>
                <span className={forms['label']}>{t('close.handTo')}</span>
                <PersonChoice
                  label={t('close.handTo')}
                  staff={others}
                  chosen={others.find(({ name }) => name === handTo)?.id ?? null}
                  onChoose={choose}
                />
              </div>
            ) : (
              <TextField
                className={forms['field'] ?? ''}
                value={handTo}
                onChange={setHandTo}
                maxLength={20}
              >
                <Label className={forms['label'] ?? ''}>{t('close.handTo')}</Label>
                <Input className={forms['input'] ?? ''} data-testid="hand-to" ref={focusOnMount} />
              </TextField>
            )}
          </>
        )}
        <TextField className={forms['field'] ?? ''} value={note} onChange={setNote} maxLength={200}>
          <Label className={forms['label'] ?? ''}>{t('close.note')}</Label>
          <Input
            className={forms['input'] ?? ''}
            data-testid="shift-note"
            // From here Enter closes the shift, and the arrows choose who takes over.
            {...((open === 0 || others.length > 0) && { ref: focusOnMount })}
          />
        </TextField>
        {fault && (
          <p className={forms['fault']} role="alert">
            {t(`fault.${fault}`)}
          </p>
        )}
        <DialogButtons>
          <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
            {t('close.cancel')}
          </Button>
          <Button
            className={buttons['primary'] ?? ''}
            type="submit"
            isDisabled={!isReady}
            data-testid="close-shift-now"
          >
            {t('close.submit')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
