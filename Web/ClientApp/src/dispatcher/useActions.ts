import { computed, inject, provide, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { newCommandId } from '../api/command'
import type { DeskIncident, DeskOffer } from './deskIncident'
import { mayDo, noWords, requestOf, undoOf, type ActionName, type ActionWords } from './incidentAction'
import type { Desk } from './useDesk'
import { useDeskNames } from './useDeskNames'
import type { LiveRecommendation } from './useRecommendation'

export interface Actions {
  readonly incident: ComputedRef<DeskIncident | null>
  readonly recommendation: LiveRecommendation
  /** Pairs that are ticked for the next offer or assignment. */
  readonly ticked: ShallowRef<readonly string[]>
  /** The action whose form is open. */
  readonly asking: Readonly<Ref<ActionName | null>>
  /** What its form begins with. */
  readonly begin: Readonly<ShallowRef<ActionWords>>
  may(action: ActionName): boolean
  /** Does what needs no words at once, and opens the form of the others. `known` is what is chosen already. */
  act(action: ActionName, known?: Partial<ActionWords>): void
  done(words: ActionWords): void
  giveUp(): void
  /** A pair's next step, by radio. */
  step(pairId: string, status: string): void
  /** Takes an offer back that nobody has answered. */
  withdraw(offer: DeskOffer): void
}

const key: InjectionKey<Actions> = Symbol('actions')

/** All that can be done to the selected incident, from buttons, keys and the command line alike. */
export function provideActions(desk: Desk, incident: ComputedRef<DeskIncident | null>, recommendation: LiveRecommendation): Actions {
  const { t } = useI18n()
  const names = useDeskNames(desk)
  const ticked = shallowRef<readonly string[]>([])
  const asking = ref<ActionName | null>(null)
  const begin = shallowRef<ActionWords>(noWords)

  /** The first that is still recommended and not asked yet. */
  const best = computed(() => {
    const asked = new Set(incident.value?.offers.filter(({ status }) => status === 'pending').map(({ pairId }) => pairId))
    const current = new Set(recommendation.answer.value?.recommendations.map(({ pairId }) => pairId))
    return recommendation.shown.value.find(({ pairId }) => current.has(pairId) && !asked.has(pairId))?.pairId ?? null
  })

  /** Whom an action is about where nobody was named: those that are ticked, or the best. */
  function pairsFor(action: ActionName): readonly string[] {
    if (ticked.value.length > 0) return ticked.value
    if (action === 'stack' || action === 'reserve') return []
    return best.value ? [best.value] : []
  }

  function labelOf(action: ActionName, of: DeskIncident, words: ActionWords): string {
    const whom = words.pairIds.map(names.callSign).join(' ')
    const name = action === 'merge' && of.status === 'merged' ? 'unmerge' : action === 'hold' && of.status === 'onHold' ? 'resume' : action
    return t('dispatcher.outbox.what', { action: t(`dispatcher.action.${name}`), incident: of.number, whom }).trim()
  }

  function send(action: ActionName, of: DeskIncident, words: ActionWords): void {
    const undo = undoOf(action, of, words)
    const label = labelOf(action, of, words)
    // One id for the taking back, too: pressed twice, it is done once.
    const undoId = newCommandId()
    void desk.outbox.send(label, requestOf(action, of, words), {
      ...(undo && { then: { label: t('dispatcher.action.undo'), run: () => void desk.outbox.send(t('dispatcher.outbox.undo', { what: label }), undo, { commandId: undoId }) } }),
    })
    if (words.pairIds.length > 0) ticked.value = []
  }

  function act(action: ActionName, known: Partial<ActionWords> = {}): void {
    const of = incident.value
    if (!of) return
    if (!mayDo(action, of)) return
    const words = { ...noWords, pairIds: pairsFor(action), category: of.category, priority: of.priority, ...known }
    const takesBack = (action === 'merge' && of.status === 'merged') || (action === 'hold' && of.status === 'onHold')
    const atOnce = takesBack || action === 'auto' || (action === 'offer' && words.pairIds.length > 0)
    if (atOnce) {
      const preempts = action === 'offer' && words.pairIds.some((id) => recommendation.shown.value.find(({ pairId }) => pairId === id)?.preempts)
      send(preempts ? 'preempt' : action, of, words)
      return
    }
    begin.value = words
    asking.value = action
  }

  const actions: Actions = {
    incident, recommendation, ticked, asking, begin,
    may: (action) => incident.value !== null && mayDo(action, incident.value),
    act,
    done: (words) => {
      if (asking.value && incident.value) send(asking.value, incident.value, words)
      asking.value = null
    },
    giveUp: () => (asking.value = null),
    step: (pairId, status) => {
      const of = incident.value
      if (!of) return
      const label = t('dispatcher.outbox.step', { pair: names.callSign(pairId), step: t(`dispatcher.step.${status}`), incident: of.number })
      void desk.outbox.send(label, { path: `/incidents/${of.id}/assignments/${pairId}/status`, body: { status } })
    },
    withdraw: ({ id, pairId }) => {
      const of = incident.value
      if (!of) return
      const label = t('dispatcher.outbox.what', { action: t('dispatcher.action.withdraw'), incident: of.number, whom: names.callSign(pairId) })
      void desk.outbox.send(label, { path: `/offers/${id}/withdraw`, body: {} })
    },
  }
  provide(key, actions)
  return actions
}

export function useActions(): Actions {
  const actions = inject(key)
  if (!actions) throw new Error('Only parts of the console have actions.')
  return actions
}

