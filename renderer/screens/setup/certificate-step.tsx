import { useTranslation } from 'react-i18next'
import { Choice } from '../../components/choice.tsx'
import { FileDrop } from './file-drop.tsx'
import { CertificateNote, TakenCertificate } from './setup-result.tsx'
import { TakenList } from './taken-list.tsx'
import type { SetupProps } from './use-setup.ts'

/** The merchant's certificate and key. On a till that has one, the next certificate can be stored beside it. */
export function CertificateStep({ setup }: SetupProps) {
  const { t } = useTranslation('setup')
  const { taken, saved, form } = setup
  const isKept = saved !== null && saved.hasKey && saved.merchantId === form.merchantId
  const isNew = taken.merchant.certificate !== null
  return (
    <>
      {isKept && (
        <CertificateNote
          facts={saved.certificate}
          lead={t('screen.certificateInUse')}
          testId="certificate-in-use"
        />
      )}
      {isKept && saved.next !== null && (
        <CertificateNote
          facts={saved.next}
          lead={t('screen.certificateNext')}
          testId="certificate-next"
        />
      )}
      <FileDrop
        label={t(isKept ? 'screen.certificateNew' : 'screen.certificate')}
        description={t('screen.certificateHint')}
        testId="merchant-files"
        onChoose={() => void setup.choose('merchant')}
        onDrop={(files) => void setup.drop('merchant', files)}
      >
        <TakenList
          names={taken.merchant.names}
          onRemove={(name) => void setup.remove('merchant', name)}
        />
        <TakenCertificate taken={taken.merchant} onMendShop={() => setup.go('shop')} />
      </FileDrop>
      {isKept && saved.mayHaveNext && isNew && (
        <Choice
          label={t('screen.takesOver')}
          value={form.isNextCertificate ? 'later' : 'now'}
          options={[
            {
              value: 'later',
              label: t('screen.takesOverLater'),
              hint: t('screen.takesOverLaterHint'),
            },
            { value: 'now', label: t('screen.takesOverNow') },
          ]}
          onChange={(choice) => setup.change({ isNextCertificate: choice === 'later' })}
        />
      )}
    </>
  )
}
