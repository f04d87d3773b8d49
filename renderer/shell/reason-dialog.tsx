import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RequestInput, RequestName } from '../../main/contract/api.ts'
import type { Permission } from '../../main/contract/permission.ts'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'
import forms from '../components/forms.module.css'
import { Shortcut } from '../components/shortcut.tsx'
import { useKeys } from '../components/use-keys.ts'
import { useApprovers } from './approval.tsx'
import { ApproverEntry } from './approver-entry.tsx'
import { useApprover } from './use-approver.ts'

interface ReasonDialogProps<N extends RequestName> {
  readonly title: string
  /** Tells what the order does and what cannot be undone. */
  readonly text: string
  readonly children?: ReactNode
  /** Common reasons, each chosen with one press. */
  readonly suggestions: readonly string[]
  /**
   * Whether the first reason is nearly always the right one, so that it is chosen beforehand where a PIN confirms it. Not
   * where a wrong one would go into the books unread.
   */
  readonly hasUsualReason: boolean
  readonly submitLabel: string
  /** What the order needs, and what is sent for a reason: whoever may not order it needs the PIN of somebody who may. */
  readonly order: {
    readonly permission: Permission
    readonly request: N
    readonly inputOf: (why: string) => RequestInput<N>
  }
  /** Resolves to what went wrong, in words; `null` when the order was carried out or the person gave up. */
  readonly onSubmit: (why: string) => Promise<string | null>
  readonly onClose: () => void
}

const longestReason = 200

/** Asks for the reason of an order, which the audit trail keeps, and for a supervisor's PIN where one is needed. */
export function ReasonDialog<N extends RequestName>(props: ReasonDialogProps<N>) {
  const { suggestions, order, onClose } = props
  const { t } = useTranslation('shell')
  const { needed, approvers, practice } = useApprovers(order.permission)
  const approver = useApprover(approvers)
  // The PIN is a decision of its own, so that the usual reason needs no key.
  const [why, setWhy] = useState(needed && props.hasUsualReason ? (suggestions[0] ?? '') : '')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])
  const isReady = why.trim() !== '' && !isBusy
  const mayPress = needed ? approver.isReady && !isBusy : isReady

  async function submit(): Promise<void> {
    if (!mayPress) return
    if (why.trim() === '') setFault(t('reason.missing'))
    if (!isReady) return
    setIsBusy(true)
    const { request, inputOf } = order
    const isAllowed = !needed || (await approver.approve(request, inputOf(why.trim())))
    // What it was about may be gone: another coupon was scanned while the PIN was checked.
    if (!isOpen.current) return
    if (isAllowed) setFault(await props.onSubmit(why.trim()))
    setIsBusy(false)
  }
  // A digit only marks a reason, because it may be the first of a scan. In a field, and for a PIN, digits are text.
  useKeys(({ key, target }) => {
    if (needed || (target instanceof Element && target.closest('input, button'))) return false
    const suggestion = /^[1-9]$/u.test(key) ? suggestions[Number(key) - 1] : undefined
    if (suggestion === undefined) return false
    setWhy(suggestion)
    return true
  })

  const reason = (
    <>
      <div className={forms['choices']}>
        {suggestions.map((suggestion, at) => (
          <Button
            key={suggestion}
            className={buttons[suggestion === why ? 'primary' : 'quiet'] ?? ''}
            data-testid="reason-suggestion"
            onPress={() => setWhy(suggestion)}
          >
            {suggestion}
            {!needed && <Shortcut keys={String(at + 1)} />}
          </Button>
        ))}
      </div>
      <TextField
        className={forms['field'] ?? ''}
        value={why}
        onChange={setWhy}
        maxLength={longestReason}
      >
        <Label className={forms['label'] ?? ''}>{t('reason.label')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="reason" />
      </TextField>
    </>
  )
  return (
    <Dialog title={props.title} onClose={onClose} wide={needed} testId="reason-dialog">
      <p>{props.text}</p>
      {props.children}
      <Form
        className={forms['form'] ?? ''}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {needed ? (
          <ApproverEntry {...{ approvers, practice, approver }} onPin={() => void submit()}>
            {reason}
          </ApproverEntry>
        ) : (
          reason
        )}
        <p className={forms['fault']} role="alert" data-testid="reason-fault">
          {fault}
        </p>
        <DialogButtons>
          <Button className={buttons['quiet'] ?? ''} data-testid="reason-cancel" onPress={onClose}>
            {t('reason.cancel')}
            <Shortcut keys="Esc" />
          </Button>
          <Button
            className={buttons['primary'] ?? ''}
            type="submit"
            isDisabled={!mayPress}
            data-testid="reason-submit"
          >
            {needed ? t('approval.submit') : props.submitLabel}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
