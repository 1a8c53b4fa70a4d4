import { onUnmounted, readonly, ref, type Ref } from 'vue'

/** Whether there is room for the pairs beside the recommendation, in one more column. */
export function useWideScreen(): Readonly<Ref<boolean>> {
  const query = matchMedia('(min-width: 2200px)')
  const wide = ref(query.matches)
  const renew = () => (wide.value = query.matches)
  query.addEventListener('change', renew)
  onUnmounted(() => query.removeEventListener('change', renew))
  return readonly(wide)
}
