import gcoord from 'gcoord'
import type { Location } from '../../incidents/incident'

export type Platform = 'apple' | 'android' | 'other'

export function platformOf(userAgent: string): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple'
  return userAgent.includes('Android') ? 'android' : 'other'
}

/**
 * Where the phone's maps find the way to a place. Ours are WGS-84; Amap, and in China Apple's maps, count in GCJ-02, so that an unconverted place would be some 500 m off.
 * The place alone is handed on: the address is a protected field and stays here.
 */
export function navigationLink(place: Location, name: string, platform: Platform): string {
  const [lon, lat] = gcoord.transform([place.lon, place.lat] as [number, number], gcoord.WGS84, gcoord.GCJ02)
  const [x, y] = [lon.toFixed(6), lat.toFixed(6)]
  if (platform === 'apple') return `https://maps.apple.com/?daddr=${y},${x}&dirflg=d`
  if (platform === 'android') return `geo:${place.lat.toFixed(6)},${place.lon.toFixed(6)}?q=${place.lat.toFixed(6)},${place.lon.toFixed(6)}(${encodeURIComponent(name)})`
  return amapLink(place, name)
}

/** Amap's own address, which opens the app where there is one. */
export function amapLink(place: Location, name: string): string {
  const [lon, lat] = gcoord.transform([place.lon, place.lat] as [number, number], gcoord.WGS84, gcoord.GCJ02)
  return `https://uri.amap.com/navigation?to=${lon.toFixed(6)},${lat.toFixed(6)},${encodeURIComponent(name)}&mode=car&coordinate=gaode&callnative=1`
}
