import { useTranslation } from 'react-i18next'
import lock from '../../screens/lock/lock-screen.module.css'
import { AttachForm } from './attach-form.tsx'

/** Before there is a hub: an owner connects to it, everybody else is told who can. */
export function AttachScreen({ mayAttach }: { readonly mayAttach: boolean }) {
  const { t } = useTranslation('office')
  return (
    <section className={lock['screen']} data-testid="attach">
      <div className={lock['sheet']}>
        {mayAttach ? (
          <>
            <h2 className={lock['title']}>{t('attach.title')}</h2>
            <AttachForm />
          </>
        ) : (
          <p>{t('attach.ask')}</p>
        )}
      </div>
    </section>
  )
}
