import { useEffect, useState } from 'react'
import type { Owner } from '../../../main/contract/owner.ts'
import type {
  ConnectionReport,
  FilePurpose,
  FinishedSetup,
  SetupFault,
  SetupForm,
  SetupState,
  TakenFiles,
} from '../../../main/contract/setup.ts'
import {
  firstIncompleteStep,
  mayOpen,
  namedHosts,
  type SetupAnswers,
  setupSteps,
  type SetupStep,
} from './setup-steps.ts'

/** The result of the last action. */
export type SetupOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'busy'; readonly with: 'testing' | 'saving' }
  | { readonly kind: 'fault'; readonly fault: SetupFault | 'failed' }
  | { readonly kind: 'owner-needed'; readonly owners: readonly Owner[] }
  | { readonly kind: 'tested'; readonly report: ConnectionReport }
  | ({ readonly kind: 'done' } & FinishedSetup)

const none: SetupOutcome = { kind: 'none' }
const failed: SetupOutcome = { kind: 'fault', fault: 'failed' }
const noFiles: TakenFiles = { names: [], fault: null, certificate: null }
const unread: SetupAnswers = {
  form: {
    merchantId: '',
    appid: '',
    tillId: '',
    publicKeyId: '',
    apiV3Key: '',
    dropsApiV3Key: false,
    isNextCertificate: false,
    hosts: [],
    trustsSystem: false,
  },
  taken: { merchant: noFiles, 'public-key': noFiles },
  holdsApiV3Key: false,
  saved: null,
}

/** The state of the set-up screen. The main process keeps answers, files and keys, so that people can go on later. */
export function useSetup(startAt: SetupStep | null) {
  const [answers, setAnswers] = useState(unread)
  const [step, setStep] = useState<SetupStep | null>(null)
  const [outcome, setOutcome] = useState(none)
  const { form } = answers

  useEffect(() => {
    void window.till.setup.state({}).then((reply) => {
      if (!reply.ok) return setOutcome(failed)
      const read = answersOf(reply.value)
      setAnswers(read)
      setStep(startAt !== null && mayOpen(startAt, read) ? startAt : firstIncompleteStep(read))
    })
  }, [startAt])

  function go(to: SetupStep): void {
    setStep(to)
    setOutcome(none)
  }

  function change(fields: Partial<SetupForm>): void {
    setAnswers((before) => ({ ...before, form: { ...before.form, ...fields } }))
    // A test result belongs to the answers that were tested.
    setOutcome(none)
  }

  function took(purpose: FilePurpose, files: TakenFiles | null): void {
    if (files === null) return
    setAnswers((before) => ({ ...before, taken: { ...before.taken, [purpose]: files } }))
    setOutcome(none)
  }

  /** The form as the main process takes it. What was mended is shown too. */
  function mended(): SetupForm {
    const hosts = namedHosts(form.hosts)
    setAnswers((before) => ({ ...before, form: { ...before.form, hosts } }))
    return { ...form, hosts }
  }

  /** Whose certificate it is, and whether a `.p12` opens, depends on the merchant id. */
  async function judgeAgain(): Promise<void> {
    const reply = await window.till.setup.state({})
    if (!reply.ok) return
    const { taken } = reply.value
    setAnswers((before) => ({ ...before, taken }))
  }

  return {
    ...answers,
    answers,
    step,
    outcome,
    change,
    go,
    /** Has the main process check the step, and opens the next one. */
    async next(): Promise<void> {
      if (step === 'shop' || step === 'key') {
        const reply = await window.till.setup.check({ part: step, form: mended() })
        if (!reply.ok) return setOutcome(failed)
        const { fault } = reply.value
        if (fault !== null) return setOutcome({ kind: 'fault', fault })
        if (step === 'shop') await judgeAgain()
        if (step === 'key' && form.apiV3Key !== '')
          setAnswers((before) => ({
            ...before,
            holdsApiV3Key: true,
            form: { ...before.form, apiV3Key: '' },
          }))
      }
      const following = setupSteps[setupSteps.indexOf(step ?? 'connection') + 1]
      if (following) go(following)
    },
    async choose(purpose: FilePurpose): Promise<void> {
      const reply = await window.till.setup.chooseFiles({ purpose, merchantId: form.merchantId })
      if (reply.ok) took(purpose, reply.value)
      else setOutcome(failed)
    },
    async drop(purpose: FilePurpose, files: readonly object[]): Promise<void> {
      const paths = files.map((file) => window.till.pathOfFile(file)).filter((path) => path !== '')
      if (paths.length === 0) return
      const { merchantId } = form
      const reply = await window.till.setup.takeFiles({ purpose, merchantId, paths })
      if (reply.ok) took(purpose, reply.value)
      else setOutcome(failed)
    },
    async remove(purpose: FilePurpose, name: string): Promise<void> {
      const { merchantId } = form
      const reply = await window.till.setup.removeFile({ purpose, merchantId, name })
      if (reply.ok) took(purpose, reply.value)
    },
    async test(): Promise<void> {
      setOutcome({ kind: 'busy', with: 'testing' })
      const reply = await window.till.setup.test(mended())
      setOutcome(reply.ok ? reply.value : failed)
    },
    async save(): Promise<void> {
      setOutcome({ kind: 'busy', with: 'saving' })
      const reply = await window.till.setup.apply(mended())
      if (!reply.ok) return setOutcome(failed)
      const applied = reply.value
      setOutcome(applied.kind === 'applied' ? { ...applied, kind: 'done' } : applied)
    },
    /** Starts over: everything that was entered is dropped. */
    async startOver(): Promise<void> {
      await window.till.setup.forget({})
      const reply = await window.till.setup.state({})
      if (reply.ok) setAnswers(answersOf(reply.value))
      go('shop')
    },
  }
}

function answersOf({ draft, taken, holdsApiV3Key, saved }: SetupState): SetupAnswers {
  return { form: { ...unread.form, ...draft }, taken, holdsApiV3Key, saved }
}

export interface SetupProps {
  readonly setup: ReturnType<typeof useSetup>
}
