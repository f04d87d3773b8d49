import { isDialogOpen, useKeys } from '../../components/use-keys.ts'

export type ChoiceKey = 'Insert' | 'Delete' | 'Home'

const choiceKeys: readonly string[] = ['Insert', 'Delete', 'Home'] satisfies ChoiceKey[]

function isChoiceKey(code: string): code is ChoiceKey {
  return choiceKeys.includes(code)
}

/**
 * Binds one key to each choice. Only the keys beside the number pad count: with Num Lock off, the number pad's digits
 * report Insert, Delete and Home too, and a scanner may type with them.
 */
export function useChoiceKeys(actionOf: (key: ChoiceKey) => (() => void) | undefined): void {
  useKeys((event) => {
    const hasCommand = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey
    if (hasCommand || !isChoiceKey(event.code) || isDialogOpen()) return false
    const action = actionOf(event.code)
    action?.()
    return action !== undefined
  })
}
