import { expect, it } from 'vitest'
import { CrowdPicture, MarkPixels } from './crowdPicture'

/** Opaque red, half of it blue, nothing at all. */
const [red, halfBlue, none] = [0xff0000ff, 0x80ff0000, 0] as const
const rows = (picture: CrowdPicture, width: number) =>
  Array.from({ length: picture.pixels.length / width }, (_, y) => [...picture.pixels.slice(y * width, (y + 1) * width)].map((pixel) => pixel.toString(16)))

it('puts marks over each other and leaves out what lies beyond the edge', () => {
  const picture = new CrowdPicture()
  picture.begin(3, 2)
  picture.put(new MarkPixels(Uint32Array.of(red, red, red, none), 2), 1, 0)
  picture.put(new MarkPixels(Uint32Array.of(red, red, red, red), 2), -1, 1)
  expect(rows(picture, 3)).toEqual([['0', 'ff0000ff', 'ff0000ff'], ['ff0000ff', 'ff0000ff', '0']])
  picture.put(new MarkPixels(Uint32Array.of(red, red, red, red), 2), 3, 0)
  picture.put(new MarkPixels(Uint32Array.of(red, red, red, red), 2), 0, -2)
  picture.put(new MarkPixels(Uint32Array.of(none, none, none, red), 2), 1, -1)
  expect(rows(picture, 3), 'all of it is beyond, or is there already').toEqual([['0', 'ff0000ff', 'ff0000ff'], ['ff0000ff', 'ff0000ff', '0']])
})

it('mixes the soft edge of a mark with what is under it, and keeps it soft where nothing is', () => {
  const picture = new CrowdPicture()
  picture.begin(2, 1)
  picture.put(new MarkPixels(Uint32Array.of(red), 1), 0, 0)
  for (const x of [0, 1]) picture.put(new MarkPixels(Uint32Array.of(halfBlue), 1), x, 0)
  expect(rows(picture, 2)).toEqual([['ff80007f', '80ff0000']])
})

it('begins empty again', () => {
  const picture = new CrowdPicture()
  for (let n = 0; n < 2; n++) {
    picture.begin(1, 1)
    expect([...picture.pixels]).toEqual([0])
    picture.put(new MarkPixels(Uint32Array.of(red), 1), 0, 0)
  }
})
