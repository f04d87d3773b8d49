import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'

/** Asks before a screen is left on which something was changed and not saved. */
export interface LeaveGuard {
  /** Runs the way out at once, or once the person has said that the changes may go. */
  readonly leave: (way: () => void) => void
  readonly setUnsaved: (isUnsaved: boolean) => void
}

const Guard = createContext<LeaveGuard>({ leave: (way) => way(), setUnsaved: () => undefined })
export const LeaveGuardProvider = Guard.Provider

export function useLeaveGuard(): LeaveGuard {
  return useContext(Guard)
}

/** Says whether the screen has changes that are not saved. */
export function useUnsaved(isUnsaved: boolean): void {
  const { setUnsaved } = useContext(Guard)
  useEffect(() => {
    setUnsaved(isUnsaved)
    return () => setUnsaved(false)
  }, [setUnsaved, isUnsaved])
}

/** Returns the guard of a shell, and its question while it is open. */
export function useLeaveQuestion(): { guard: LeaveGuard; question: React.ReactNode } {
  const isUnsaved = useRef(false)
  const [way, setWay] = useState<(() => void) | null>(null)
  const guard = useMemo(
    () => ({
      leave(to: () => void) {
        if (isUnsaved.current) setWay(() => to)
        else to()
      },
      setUnsaved(is: boolean) {
        isUnsaved.current = is
      },
    }),
    [],
  )
  const question = way !== null && (
    <LeaveQuestion
      onStay={() => setWay(null)}
      onLeave={() => {
        isUnsaved.current = false
        setWay(null)
        way()
      }}
    />
  )
  return { guard, question }
}

function LeaveQuestion(props: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Dialog title={t('leave.title')} onClose={props.onStay} testId="leave-question">
      <p>{t('leave.text')}</p>
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={props.onLeave}>
          {t('leave.leave')}
        </Button>
        <Button className={buttons['primary'] ?? ''} onPress={props.onStay}>
          {t('leave.stay')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
