import { type ReactNode, useEffect, useRef } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import buttons from './buttons.module.css'
import styles from './dialog.module.css'
import { useKeys } from './use-keys.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Wider than for a form with one field. */
  readonly wide?: boolean
  /** A click outside closes the dialog: only where that loses nothing. */
  readonly dismissable?: boolean
  readonly testId?: string
}

/** A modal dialog that keeps the focus inside. Esc closes it. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
  dismissable = false,
  testId,
}: DialogProps) {
  const modal = useAlertsInSight()
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal ref={modal} className={styles['modal'] ?? ''} data-wide={wide}>
        <AriaDialog className={styles['dialog'] ?? ''} data-testid={testId}>
          <Heading slot="title" className={styles['title'] ?? ''}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Scrolls a message that appears in a dialog into sight: large text may leave no room for all of the dialog. */
function useAlertsInSight() {
  const modal = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = modal
    if (current === null) return undefined
    const observer = new MutationObserver((changes) => {
      const alerts = new Set(
        changes.flatMap(({ target, addedNodes }) => [...alertsIn(target, addedNodes)]),
      )
      for (const alert of alerts)
        if (alert.textContent !== '') alert.scrollIntoView({ block: 'nearest' })
    })
    observer.observe(current, { childList: true, characterData: true, subtree: true })
    return () => observer.disconnect()
  }, [])
  return modal
}

/** The messages that a change of the page has brought or altered. */
function* alertsIn(target: Node, added: NodeList): Generator<Element> {
  const around = (target instanceof Element ? target : target.parentElement)?.closest(
    '[role=alert]',
  )
  if (around) yield around
  for (const node of added) if (node instanceof Element && node.matches('[role=alert]')) yield node
}

/** The row of buttons at the foot of a dialog. Enter presses the main one, where it means nothing else. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  const row = useRef<HTMLDivElement>(null)
  useKeys(({ key, target }) => {
    const main = row.current?.querySelector<HTMLElement>(`.${buttons['primary']}:enabled`) ?? null
    if (key !== 'Enter' || main === null || !(target instanceof Element)) return false
    // Of several dialogs, the one with the focus.
    const isOurs = main.closest('[role=dialog]')?.contains(target) === true
    if (!isOurs || target.closest(ownEnter) !== null) return false
    main.click()
    return true
    // A person's tile would take Enter for a press on what is chosen already.
  }, true)
  return (
    <div ref={row} className={styles['buttons']} data-testid="dialog-buttons">
      {children}
    </div>
  )
}

/** What does something of its own on Enter. */
const ownEnter =
  'button, a, input:not([type=checkbox], [type=radio]), textarea, [role=textbox], [role=option]'
