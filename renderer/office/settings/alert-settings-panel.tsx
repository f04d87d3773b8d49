import { AskedView } from '../asked-view.tsx'
import { useAsked } from '../use-asked.ts'
import { RulesForm } from './rules-form.tsx'
import { WebhookForm } from './webhook-form.tsx'

/** What alerts are made of, and where they are sent. */
export function AlertSettingsPanel({ part }: { readonly part: 'rules' | 'webhook' }) {
  const asked = useAsked(part, () => window.office.alerts.settings({}))
  return (
    <AskedView asked={asked}>
      {({ rules, webhook }) =>
        part === 'rules' ? (
          <RulesForm rules={rules} />
        ) : (
          <WebhookForm webhook={webhook} onSaved={asked.again} />
        )
      }
    </AskedView>
  )
}
