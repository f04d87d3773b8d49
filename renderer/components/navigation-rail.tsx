import type { LucideIcon } from 'lucide-react'
import { Button } from 'react-aria-components'
import { Shortcut } from './shortcut.tsx'
import styles from './navigation-rail.module.css'

interface NavigationRailProps<Name extends string> {
  readonly label: string
  readonly items: readonly {
    readonly name: Name
    readonly icon: LucideIcon
    readonly label: string
    readonly shortcut: string
  }[]
  readonly current: Name
  /** How many wait at one of the screens; nothing is shown for none. */
  readonly badge: { readonly of: Name; readonly count: number; readonly testId: string }
  readonly onGo: (name: Name) => void
}

const mostShown = 99

/** The list of screens, always in sight. */
export function NavigationRail<Name extends string>(props: NavigationRailProps<Name>) {
  const { label: title, items, current, badge, onGo } = props
  return (
    <nav className={styles['rail']} aria-label={title}>
      <div className={styles['items']}>
        {items.map(({ name, icon: Icon, label, shortcut }) => (
          <Button
            key={name}
            className={styles['item'] ?? ''}
            data-testid={`go-${name}`}
            data-current={name === current}
            {...(name === current && { 'aria-current': 'page' as const })}
            onPress={() => onGo(name)}
          >
            <span className={styles['icon']}>
              <Icon aria-hidden size={26} />
              {name === badge.of && badge.count > 0 && (
                <span className={styles['badge']} data-testid={badge.testId}>
                  {badge.count > mostShown ? `${mostShown}+` : badge.count}
                </span>
              )}
            </span>
            <span className={styles['label']}>{label}</span>
            <Shortcut keys={shortcut} />
          </Button>
        ))}
      </div>
    </nav>
  )
}
