import type { Map as BaseMap } from 'maplibre-gl'
import { onMounted, onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { bareGround, type Ground } from './ground'
import { loadGround, loadMapSettings } from './loadGround'
import { ownSources } from './mapStyle'

/** How long after a failure the ground is asked for again. */
const retryMs = 60_000

export interface UsedGround {
  readonly ground: Readonly<ShallowRef<Ground>>
  /** Tiles are configured and cannot be had; the boundaries are there all the same. */
  readonly missing: Readonly<Ref<boolean>>
  /** Listens to what becomes of the tiles. */
  follow(map: BaseMap): void
}

/** The ground of a map: the boundaries alone until the tiles are there, and where they cannot be had, with another try now and then. */
export function useGround(): UsedGround {
  const ground = shallowRef<Ground>(bareGround)
  const missing = ref(false)
  let map: BaseMap | undefined
  let retry: ReturnType<typeof setInterval> | undefined
  let gone = false

  async function load(): Promise<void> {
    try {
      const settings = await loadMapSettings()
      if (gone) return
      // Even without its tiles the map keeps to the system that they will be drawn in.
      if (settings.kind === 'none') return
      missing.value = true
      const next = await loadGround(settings)
      if (gone) return
      ground.value = next
      missing.value = false
    } catch {
      // It is tried again; until then the boundaries are the map.
    }
  }

  function tryAgain(): void {
    if (ground.value === bareGround) void load()
    else if (missing.value) for (const id of Object.keys(ground.value.sources)) map?.refreshTiles(id)
  }

  onMounted(() => {
    void load()
    retry = setInterval(tryAgain, retryMs)
  })
  onUnmounted(() => {
    gone = true
    clearInterval(retry)
  })
  return {
    ground,
    missing,
    follow(base) {
      map = base
      base.on('error', (event: object) => {
        if ('sourceId' in event && typeof event.sourceId === 'string' && !ownSources.has(event.sourceId)) missing.value = true
      })
      base.on('sourcedata', ({ sourceId, tile }) => {
        if (tile && !ownSources.has(sourceId)) missing.value = false
      })
    },
  }
}
