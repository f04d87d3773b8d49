import { type RefObject, useLayoutEffect, useRef } from 'react'
import { dataAttributesOf, type PanelContent } from './panel-content.ts'

/** For the element in which a verdict scrolls: another verdict begins at its top, where its instruction is. */
export function useTopOf<E extends HTMLElement>(content: PanelContent): RefObject<E | null> {
  const element = useRef<E>(null)
  const shown = 'shown' in content ? content.shown.presentationNo : ''
  const attributes = JSON.stringify(dataAttributesOf(content))
  useLayoutEffect(() => {
    if (element.current !== null) element.current.scrollTop = 0
    // Neither is used, only watched: what they tell apart are verdicts.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [shown, attributes])
  return element
}
