import type { PairPosition } from '../pairs/pair'
import type { Entries } from './feeds'
import { PlacePacker, PlaceRoom, PlaceUnpacker, type PackedPlaces } from './packedPlaces'

/** What changed in a feed since it was last told, as it crosses from one thread to the other. */
export interface FeedDelta {
  /** It replaces whatever was there. */
  readonly fresh: boolean
  readonly gone: readonly string[]
  readonly set: readonly (readonly [key: string, value: unknown])[]
  readonly places: PackedPlaces | null
}

/** Feeds that have nothing but places of pairs. */
export function isOfPlaces(feed: string): boolean {
  return feed.endsWith('/positions')
}

/** Tells a feed as what changed in it. */
export class DeltaWriter {
  private told: Entries | null = null
  private readonly packer: PlacePacker | null

  constructor(feed: string) {
    this.packer = isOfPlaces(feed) ? new PlacePacker() : null
  }

  /** `room` is for places, as many as there are entries. */
  write(after: Entries, room: PlaceRoom): FeedDelta {
    const { told } = this
    this.told = after
    const set: [string, unknown][] = []
    let added = 0
    for (const [key, value] of after) {
      const was = told?.get(key)
      if (was === value) continue
      if (was === undefined) added++
      set.push([key, value])
    }
    const gone: string[] = []
    if (told && told.size + added > after.size) for (const key of told.keys()) if (!after.has(key)) gone.push(key)
    const places = this.packer?.pack(set as [string, PairPosition][], room) ?? null
    return { fresh: told === null, gone, set: places ? [] : set, places }
  }
}

/** The other side of a {@link DeltaWriter}. */
export class DeltaReader {
  private readonly unpacker = new PlaceUnpacker()

  /** The entries after it. A new map, but where nobody came or went and places only moved: that is the same map, whose places are elsewhere now. */
  read(before: Entries, { fresh, gone, set, places }: FeedDelta): Entries {
    let entries: Map<string, unknown> | null = fresh ? new Map() : null
    const own = () => (entries ??= new Map(before))
    for (const key of gone) own().delete(key)
    for (const [key, value] of set) own().set(key, value)
    if (places) this.unpacker.unpack(places, (key, place) => (entries ?? before).get(key) === place || own().set(key, place))
    return entries ?? (places ? before : own())
  }
}
