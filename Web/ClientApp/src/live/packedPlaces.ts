import type { PairPosition } from '../pairs/pair'

/** Places of pairs as they cross from one thread to the other: numbers alone, in a block that is handed over and not copied. */
export interface PackedPlaces {
  /** Keys that were not named before; the first has the next number. */
  readonly names: readonly string[]
  /** Of each place the number of its key, latitude, longitude, milliseconds since 1970 and metres of accuracy (NaN: unknown). */
  readonly numbers: Float64Array<ArrayBuffer>
}

const perPlace = 5

/** Room for the places of several feeds in one block: to hand over twenty blocks takes longer than to read them. */
export class PlaceRoom {
  private readonly block: Float64Array<ArrayBuffer>
  private used = 0

  /** `spare` is a block that came back and is used again where it is large enough. */
  constructor(places: number, spare: ArrayBuffer | null = null) {
    const numbers = places * perPlace
    this.block = spare && spare.byteLength >= numbers * Float64Array.BYTES_PER_ELEMENT ? new Float64Array(spare) : new Float64Array(numbers)
  }

  get buffer(): ArrayBuffer {
    return this.block.buffer
  }

  take(places: number): Float64Array<ArrayBuffer> {
    const from = this.used
    this.used += places * perPlace
    return this.block.subarray(from, this.used)
  }
}

/**
 * The present place of a pair. It goes on changing, and says its time in words only to who asks: twenty thousand come a second, and as many new objects would have to be
 * swept away again.
 */
export class Place implements PairPosition {
  lat = NaN
  lon = NaN
  atMs = NaN
  accuracy: number | null = null

  get at(): string {
    return new Date(this.atMs).toISOString()
  }

  /** Takes the place that begins there. */
  take(numbers: Float64Array, from: number): void {
    this.lat = numbers[from]!
    this.lon = numbers[from + 1]!
    this.atMs = numbers[from + 2]!
    const accuracy = numbers[from + 3]!
    this.accuracy = Number.isNaN(accuracy) ? null : accuracy
  }
}

/** Gives each key a number, and says its name once. */
export class PlacePacker {
  private readonly known = new Map<string, number>()

  pack(places: readonly (readonly [key: string, place: PairPosition])[], room: PlaceRoom): PackedPlaces {
    const names: string[] = []
    const numbers = room.take(places.length)
    let at = 0
    for (const [key, place] of places) {
      let index = this.known.get(key)
      if (index === undefined) {
        this.known.set(key, (index = this.known.size))
        names.push(key)
      }
      numbers[at] = index
      numbers[at + 1] = place.lat
      numbers[at + 2] = place.lon
      numbers[at + 3] = Date.parse(place.at)
      numbers[at + 4] = place.accuracy ?? NaN
      at += perPlace
    }
    return { names, numbers }
  }
}

/** The other side of a {@link PlacePacker}: each key has one place, which is moved. */
export class PlaceUnpacker {
  private readonly known: { readonly key: string; readonly place: Place }[] = []

  unpack({ names, numbers }: PackedPlaces, moved: (key: string, place: PairPosition) => void): void {
    for (const key of names) this.known.push({ key, place: new Place() })
    for (let at = 0; at < numbers.length; at += perPlace) {
      const { key, place } = this.known[numbers[at]!]!
      place.take(numbers, at + 1)
      moved(key, place)
    }
  }
}
