import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Wider than a form of one field. */
  readonly wide?: boolean
  /** A click beside it closes it: for what loses nothing by that. */
  readonly dismissable?: boolean
  readonly testId?: string
}

/** Over everything else, with the focus kept inside. Esc closes it. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
  dismissable = false,
  testId,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={dismissable}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={styles['modal'] ?? ''} data-wide={wide}>
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

/** The row of buttons that ends a dialog. */
export function DialogButtons({ children }: { readonly children: ReactNode }) {
  return <div className={styles['buttons']}>{children}</div>
}
