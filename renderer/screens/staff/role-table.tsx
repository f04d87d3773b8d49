import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Permission } from '../../../main/contract/permission.ts'
import { mayDo, roles } from '../../../main/contract/roles.ts'
import styles from './staff-screen.module.css'

/** Shows the permissions table that the main process enforces. */
export function RoleTable() {
  const { t } = useTranslation(['staff', 'shell'])
  return (
    <table className={styles['roles']}>
      <caption>{t('roles')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('may')}</th>
          {roles.map((role) => (
            <th key={role} scope="col">
              {t(`shell:role.${role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Permission.options.map((permission) => (
          <tr key={permission}>
            <th scope="row">{t(`shell:permission.${permission}`)}</th>
            {roles.map((role) => (
              <td key={role}>
                {mayDo(role, permission) ? (
                  <Check aria-label={t('yes')} size={20} />
                ) : (
                  <span className={styles['no']}>{t('no')}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
