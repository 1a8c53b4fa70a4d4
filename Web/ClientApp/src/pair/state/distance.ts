import type { Location } from '../../incidents/incident'

const earthRadiusMetres = 6_371_000

/** Metres between two places as the crow flies. */
export function metresBetween(a: Location, b: Location): number {
  const radians = Math.PI / 180
  const dLat = (b.lat - a.lat) * radians
  const dLon = (b.lon - a.lon) * radians
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon / 2) ** 2
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** `350 m`, `1.4 km`, in the way of the language. */
export function formatMetres(metres: number, locale: string): string {
  const far = metres >= 1_000
  return new Intl.NumberFormat(locale, {
    style: 'unit', unit: far ? 'kilometer' : 'meter', unitDisplay: 'short', maximumFractionDigits: far && metres < 10_000 ? 1 : 0,
  }).format(far ? metres / 1_000 : Math.round(metres / 10) * 10)
}
