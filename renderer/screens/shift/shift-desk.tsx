import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../../main/contract/result.ts'
import { mayAcknowledge, type Shift, type ShiftFault } from '../../../main/contract/shift.ts'
import { givenText } from '../../../main/contract/paper-text.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import buttons from '../../components/buttons.module.css'
import { focusOnMount } from '../../components/focus-on-mount.ts'
import forms from '../../components/forms.module.css'
import { formatDateTime } from '../../format/time.ts'
import { useApproval } from '../../shell/approval.tsx'
import { useOutside } from './use-outside.ts'
import { CloseShiftDialog } from './close-shift-dialog.tsx'
import styles from './shift-screen.module.css'

interface ShiftDeskProps {
  readonly snapshot: AppSnapshot
  /** `closed`: the shift that was closed; `null` where none was. */
  readonly onChanged: (closed: number | null) => void
}

/** Opens and closes a shift, and takes over what the last one left open. */
export function ShiftDesk({ snapshot, onChanged }: ShiftDeskProps) {
  const { t } = useTranslation('shift')
  const { language, session, shift } = snapshot
  const words = wordsOn(window.till.platform)[language]
  const { current, toAcknowledge } = shift
  const mayTake = mayAcknowledge(session.person, toAcknowledge?.handedOn?.to ?? null, session.staff)
  const approve = useApproval()
  const [isClosing, setIsClosing] = useState(false)
  const outside = useOutside(snapshot)
  const [fault, setFault] = useState<ShiftFault['code'] | 'failed' | null>(null)
  const isBusy = useRef(false)
  const title = useRef<HTMLHeadingElement>(null)
  // What the screen is opened for has the focus. What comes in its place is another act, and has not.
  const at = `${current?.id} ${toAcknowledge?.id}`
  const [entered, setEntered] = useState<string | null>(at)
  if (entered !== null && entered !== at) setEntered(null)
  const focus = entered === at ? focusOnMount : null

  async function order(send: () => Promise<Result<Result<Shift, ShiftFault>, unknown>>) {
    if (isBusy.current) return
    isBusy.current = true
    const reply = await send()
    isBusy.current = false
    const wrong = reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed'
    setFault(wrong)
    if (wrong === null) done(null)
  }

  function done(closed: number | null): void {
    setFault(null)
    title.current?.focus()
    onChanged(closed)
  }

  async function takeOver(): Promise<void> {
    const isGiven = await approve({
      permission: 'take-over-shift',
      request: 'shift.takeOver',
      input: {},
      subject: 'shift:takeOver',
    })
    if (isGiven) await order(() => window.till.shift.takeOver({}))
  }

  return (
    <div className={styles['desk']} data-testid="shift-desk">
      <h2 ref={title} tabIndex={-1} className={styles['title']}>
        {t(current ? 'open.title' : 'none.title')}
      </h2>
      {current && (
        <p>
          {t('open.since', {
            name: nameOf(current.openedBy, t('nobody')),
            time: formatDateTime(current.openedAt, language),
          })}
        </p>
      )}
      {!current && toAcknowledge?.handedOn && (
        <p className={styles['handed']} data-testid="handed-on">
          {t('handed', {
            from: nameOf(toAcknowledge.closedBy ?? '-', t('nobody')),
            to: toAcknowledge.handedOn.to ?? '',
            count: toAcknowledge.handedOn.count,
            amount: givenText(toAcknowledge.handedOn, words.paper, language),
          })}
        </p>
      )}
      {!current && outside !== null && (
        <p data-testid="outside-shifts">{t('none.outside', { text: outside })}</p>
      )}
      {fault && (
        <p className={forms['fault']} role="alert">
          {t(`fault.${fault}`)}
        </p>
      )}
      {current ? (
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="close-shift"
          ref={focus}
          onPress={() => setIsClosing(true)}
        >
          {t('close.open')}
        </Button>
      ) : toAcknowledge && !mayTake ? (
        <>
          <p data-testid="waits-for-successor">
            {t('waits', { to: toAcknowledge.handedOn?.to ?? '' })}
          </p>
          <Button
            className={buttons['quiet'] ?? ''}
            data-testid="take-over-shift"
            ref={focus}
            onPress={() => void takeOver()}
          >
            {t('takeOver')}
          </Button>
        </>
      ) : toAcknowledge ? (
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="acknowledge-shift"
          ref={focus}
          onPress={() => void order(() => window.till.shift.acknowledge({}))}
        >
          {t('acknowledge')}
        </Button>
      ) : (
        <Button
          className={buttons['primary'] ?? ''}
          data-testid="open-shift"
          ref={focus}
          onPress={() => void order(() => window.till.shift.open({}))}
        >
          {t('none.open')}
        </Button>
      )}
      {isClosing && (
        <CloseShiftDialog
          snapshot={snapshot}
          onClose={() => setIsClosing(false)}
          onDone={() => {
            setIsClosing(false)
            done(current?.id ?? null)
          }}
        />
      )}
    </div>
  )
}

/** Returns the name to show; `nobody` on a till without staff. */
export function nameOf(name: string, nobody: string): string {
  return name === '-' ? nobody : name
}
