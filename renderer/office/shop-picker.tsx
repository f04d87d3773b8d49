import { useTranslation } from 'react-i18next'
import type { OfficeScope } from '../../main/contract/office.ts'
import { Picker } from '../components/picker.tsx'
import type { Sight } from './period.ts'

interface ShopPickerProps {
  readonly sight: Sight
  readonly scope: OfficeScope | null
  readonly onSight: (sight: Sight) => void
}

/** Stands for all shops; the id of none is empty. */
const all = ''

/** One shop, or all of them. */
export function ShopPicker({ sight, scope, onSight }: ShopPickerProps) {
  const { t } = useTranslation('office')
  return (
    <Picker
      label={t('filter.shop')}
      value={sight.shopId ?? all}
      options={[
        { value: all, label: t('filter.allShops') },
        ...(scope?.shops ?? []).map(({ shopId, name }) => ({ value: shopId, label: name })),
      ]}
      onChange={(value) => onSight({ ...sight, shopId: value === all ? null : value })}
    />
  )
}
