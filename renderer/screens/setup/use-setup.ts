import { useEffect, useState } from 'react'
import type {
  AppliedSetup,
  ConnectionReport,
  FilePurpose,
  SetupFault,
  SetupForm,
  TakenFiles,
} from '../../../main/contract/setup.ts'

export type SetupStep =
  | { readonly kind: 'filling' }
  | { readonly kind: 'busy'; readonly with: 'testing' | 'saving' }
  | { readonly kind: 'fault'; readonly fault: SetupFault | 'failed' }
  | { readonly kind: 'tested'; readonly report: ConnectionReport }
  | { readonly kind: 'done'; readonly sources: readonly string[] }

const nothingTaken: TakenFiles = { names: [], fault: null, certificate: null }
const emptyForm: SetupForm = {
  merchantId: '',
  appid: '',
  tillId: '',
  publicKeyId: '',
  apiV3Key: '',
  hosts: [],
}

/** The state of the set-up screen. Files and keys go to the main process and do not come back. */
export function useSetup() {
  const [form, setForm] = useState(emptyForm)
  const [taken, setTaken] = useState<Record<FilePurpose, TakenFiles>>({
    merchant: nothingTaken,
    'public-key': nothingTaken,
  })
  const [step, setStep] = useState<SetupStep>({ kind: 'filling' })

  useEffect(() => {
    void window.till.setupState({}).then((reply) => {
      if (reply.ok) setForm((before) => ({ ...before, ...reply.value }))
    })
    return () => void window.till.forgetSetup({})
  }, [])

  function change(fields: Partial<SetupForm>): void {
    setForm((before) => ({ ...before, ...fields }))
    // A test speaks of what was tested.
    setStep({ kind: 'filling' })
  }

  function took(purpose: FilePurpose, files: TakenFiles | null): void {
    if (files === null) return
    setTaken((before) => ({ ...before, [purpose]: files }))
    setStep({ kind: 'filling' })
  }

  return {
    form,
    taken,
    step,
    change,
    async choose(purpose: FilePurpose): Promise<void> {
      const reply = await window.till.chooseSetupFiles({ purpose, merchantId: form.merchantId })
      if (reply.ok) took(purpose, reply.value)
    },
    async drop(purpose: FilePurpose, files: readonly object[]): Promise<void> {
      const paths = files.map((file) => window.till.pathOfFile(file)).filter((path) => path !== '')
      if (paths.length === 0) return
      const reply = await window.till.takeSetupFiles({
        purpose,
        merchantId: form.merchantId,
        paths,
      })
      if (reply.ok) took(purpose, reply.value)
    },
    async test(): Promise<void> {
      setStep({ kind: 'busy', with: 'testing' })
      const reply = await window.till.testSetup(form)
      setStep(reply.ok ? reply.value : { kind: 'fault', fault: 'failed' })
    },
    async save(): Promise<void> {
      setStep({ kind: 'busy', with: 'saving' })
      const reply = await window.till.applySetup(form)
      setStep(reply.ok ? stepAfter(reply.value) : { kind: 'fault', fault: 'failed' })
      if (reply.ok && reply.value.kind === 'applied')
        setForm((before) => ({ ...before, apiV3Key: '' }))
    },
  }
}

function stepAfter(applied: AppliedSetup): SetupStep {
  return applied.kind === 'fault' ? applied : { kind: 'done', sources: applied.sources }
}
