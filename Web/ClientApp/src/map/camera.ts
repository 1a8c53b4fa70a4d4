import type { Map as BaseMap } from 'maplibre-gl'
import type { World } from './coordinates'

/** Where the map stands. It is never turned or tilted, so a place on it is two multiplications away. */
export interface Camera {
  /** Pixels of the whole world. */
  readonly scale: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Pixels of the whole world at zoom 0. */
export const tilePixels = 512

export function cameraOf(map: BaseMap, centre: World, width: number, height: number): Camera {
  const scale = tilePixels * 2 ** map.getZoom()
  return { scale, left: centre.x * scale - width / 2, top: centre.y * scale - height / 2, width, height }
}

export function xOn(camera: Camera, x: number): number {
  return x * camera.scale - camera.left
}

export function yOn(camera: Camera, y: number): number {
  return y * camera.scale - camera.top
}

/** Whether something `edge` pixels wide can be seen there. */
export function isSeen(camera: Camera, x: number, y: number, edge: number): boolean {
  return x > -edge && y > -edge && x < camera.width + edge && y < camera.height + edge
}
