import { onUnmounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { IntakeDraft } from '../commandLine/console'
import { callApi } from '../api/http'
import type { Location } from '../incidents/incident'
import { nameIn } from '../organisation/organisation'
import { communityAt } from './communityAt'
import type { DeskIncident, DuplicateCandidate } from './deskIncident'
import { DraftStore } from './draftStore'
import { changed, emptyCall, isEmptyCall, openingOf, readyToSend, type CallDraft } from './intakeDraft'
import { suggestedPriority } from './suggestedPriority'
import type { Desk } from './useDesk'

export interface Intake {
  readonly isOpen: Readonly<Ref<boolean>>
  readonly call: Readonly<ShallowRef<CallDraft>>
  readonly sending: Readonly<Ref<boolean>>
  readonly duplicates: Readonly<ShallowRef<readonly DuplicateCandidate[]>>
  /** There is a call that was begun and neither opened nor given up. */
  readonly hasDraft: Readonly<Ref<boolean>>
  open(begin?: IntakeDraft): void
  /** Leaves the form; what is in it stays. */
  leave(): void
  discard(): void
  change(part: Partial<CallDraft>): void
  place(at: Location): void
  /** Opens the incident; null where it was refused. */
  send(): Promise<DeskIncident | null>
}

const draftId = 'call'

/** A call that is being taken: one at a time, kept until its incident was acknowledged; then `onOpened` hears of it. */
export function useIntake(desk: Desk, onOpened: (id: string) => void): Intake {
  const { t, locale } = useI18n()
  const drafts = new DraftStore<CallDraft>('intake')
  const isOpen = ref(false)
  const sending = ref(false)
  const call = shallowRef<CallDraft>(drafts.load(draftId) ?? emptyCall)
  const hasDraft = ref(!isEmptyCall(call.value))
  const duplicates = shallowRef<readonly DuplicateCandidate[]>([])

  function set(next: CallDraft): void {
    call.value = next
    hasDraft.value = !isEmptyCall(next)
    if (hasDraft.value) drafts.save(draftId, next)
    else drafts.drop(draftId)
  }

  function change(part: Partial<CallDraft>): void {
    if (sending.value) return
    // The priority follows the category until somebody chooses one.
    const follows = part.category !== undefined && part.priority === undefined && (call.value.priority === null || call.value.priority === suggestedPriority(call.value.category))
    set(changed(call.value, follows ? { ...part, priority: suggestedPriority(part.category ?? '') } : part))
  }

  function place(at: Location): void {
    const communityId = communityAt(desk.boundaries.value, at)
    const community = desk.organisation.value.communities.find(({ id }) => id === communityId)
    const point = `${at.lat.toFixed(4)}, ${at.lon.toFixed(4)}`
    change({ place: { label: `${nameIn(locale.value, community) || t('incident.elsewhere')} · ${point}`, location: at, communityId } })
  }

  function open(begin?: IntakeDraft): void {
    isOpen.value = true
    if (!begin) return
    const community = desk.organisation.value.communities.find(({ id }) => id === begin.communityId)
    change({
      ...(begin.category !== undefined && { category: begin.category }),
      ...(begin.priority !== undefined && { priority: begin.priority }),
      ...(begin.summary !== undefined && { summary: begin.summary }),
      ...(community && { place: { label: nameIn(locale.value, community), location: begin.location ?? community.centre, communityId: community.id } }),
    })
    if (!community && begin.location) place(begin.location)
  }

  async function send(): Promise<DeskIncident | null> {
    if (sending.value) return null
    const ready = readyToSend(call.value)
    set(ready)
    sending.value = true
    const opened = await desk.outbox.send<DeskIncident>(t('dispatcher.intake.what'), { path: '/incidents', body: openingOf(ready) }, { commandId: ready.commandId, isKept: true })
    sending.value = false
    if (!opened) return null
    set(emptyCall)
    isOpen.value = false
    onOpened(opened.id)
    return opened
  }

  let latest = 0
  watch(() => [call.value.category, call.value.place, isOpen.value] as const, async ([category, where, open]) => {
    const mine = ++latest
    duplicates.value = []
    if (!open || category === '' || where === null) return
    try {
      const query = `category=${encodeURIComponent(category)}&lat=${where.location.lat}&lon=${where.location.lon}`
      const found = await callApi<readonly DuplicateCandidate[]>(`/incidents/duplicates?${query}`, { signal: AbortSignal.timeout(5_000) })
      if (mine === latest) duplicates.value = found
    } catch {
      // They are a help and no condition: the server looks again when the incident is opened, and says so.
    }
  }, { immediate: true })
  onUnmounted(() => latest++)

  return {
    isOpen, call, sending, duplicates, hasDraft, open, change, place, send,
    leave: () => (isOpen.value = false),
    discard: () => {
      set(emptyCall)
      isOpen.value = false
    },
  }
}
