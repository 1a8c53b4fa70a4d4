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

  constructor(places: number) {
    this.block = new Float64Array(places * perPlace)
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

/** A place that says its time in words only to who asks: twenty thousand come a second. */
export class Place implements PairPosition {
  constructor(readonly lat: number, readonly lon: number, readonly atMs: number, readonly accuracy: number | null) {}

  get at(): string {
    return new Date(this.atMs).toISOString()
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

/** The other side of a {@link PlacePacker}. */
export class PlaceUnpacker {
  private readonly names: string[] = []

  unpack({ names, numbers }: PackedPlaces, take: (key: string, place: PairPosition) => void): void {
    for (const name of names) this.names.push(name)
    for (let at = 0; at < numbers.length; at += perPlace) {
      const accuracy = numbers[at + 4]!
      take(this.names[numbers[at]!]!, new Place(numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!, Number.isNaN(accuracy) ? null : accuracy))
    }
  }
}
