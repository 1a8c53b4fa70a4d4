import type { Map as BaseMap } from 'maplibre-gl'
import { watch } from 'vue'
import type { Community } from '../organisation/organisation'
import { currentTheme, themeColour } from '../theme/theme'
import { themedGround } from './ground'
import { hatchTile } from './hatch'
import { hatchName, hatchPaint, isOneOf, lineWidths, spotSource, themedPaint } from './mapStyle'
import type { Activity } from './useActivity'
import { rem } from './useMarks'

export interface Look {
  start(map: BaseMap): void
  /** The theme or the size changed. */
  renew(): void
}

/** About 100 m: less than a pixel where a city fits the screen, and still not nothing. */
const spotDegrees = 0.001

/** Keeps the ground of a map in the colours of the theme, the widths of the screen, and the tints of what goes on. */
export function useLook(activity: Activity, communities: () => readonly Community[]): Look {
  let map: BaseMap | undefined

  /** What the present style shows; each begins with nothing. */
  let tinted = new Map<string, number>()
  let hatched: readonly string[] | null = null

  /** Only what differs is told to the map, which draws itself anew for it. */
  function renewTints(): void {
    if (!map?.getLayer('own-late')) return
    for (const { id } of communities()) {
      const open = activity.open.value.get(id) ?? 0
      if ((tinted.get(id) ?? 0) === open) continue
      tinted.set(id, open)
      map.setFeatureState({ source: 'communities', id }, { open })
    }
    if (hatched === activity.late.value) return
    hatched = activity.late.value
    map.setFilter('own-late', isOneOf(hatched))
  }

  function renew(): void {
    if (!map?.getLayer('own-ground')) return
    for (const [layer, property, colour] of [...themedPaint, ...themedGround]) {
      if (map.getLayer(layer)) map.setPaintProperty(layer, property, themeColour(colour))
    }
    for (const [layer, width] of lineWidths) map.setPaintProperty(layer, 'line-width', width * rem())
    if (map.hasImage(hatchName)) map.removeImage(hatchName)
    const density = Math.max(1, Math.round(devicePixelRatio))
    map.addImage(hatchName, hatchTile(Math.round(rem() * 0.75) * density, themeColour('map-hatch')), { pixelRatio: density })
    // Tiles of others are made for daylight.
    if (map.getLayer('ground-tiles')) map.setPaintProperty('ground-tiles', 'raster-brightness-max', currentTheme.value === 'night' ? 0.45 : 1)
  }

  /**
   * Draws a hatched spot that nobody sees. What draws hatches is put together for the device at first use, for a second where there is no graphics card: when the
   * map opens, then, and not in the moment in which something is late.
   */
  function prepareHatch(base: BaseMap): void {
    const at = communities()[0]?.centre
    if (!at) return
    const { lat, lon } = at
    const data = { type: 'Polygon' as const, coordinates: [[[lon, lat], [lon + spotDegrees, lat], [lon, lat + spotDegrees], [lon, lat]]] }
    base.addSource(spotSource, { type: 'geojson', data })
    base.addLayer({ id: 'own-spot', type: 'fill', source: spotSource, paint: { ...hatchPaint, 'fill-opacity': 0.01 } })
  }

  watch(activity.open, renewTints)
  watch(activity.late, renewTints)
  return {
    start(base) {
      map = base
      // Each style, the first and those after it, begins without tints.
      base.on('style.load', () => {
        tinted = new Map()
        hatched = null
        renew()
        renewTints()
        prepareHatch(base)
      })
    },
    renew,
  }
}
