import type { FrameListener, Health } from './feeds'

/** Those who are told of feeds, whoever has them. */
export abstract class FeedListeners {
  private readonly frameListeners = new Set<FrameListener>()
  private readonly healthListeners = new Set<(health: Health) => void>()

  abstract get health(): Health

  onFrame(listener: FrameListener): () => void {
    this.frameListeners.add(listener)
    return () => this.frameListeners.delete(listener)
  }

  onHealth(listener: (health: Health) => void): () => void {
    this.healthListeners.add(listener)
    listener(this.health)
    return () => this.healthListeners.delete(listener)
  }

  protected publishFrame(changed: ReadonlySet<string>): void {
    for (const listener of this.frameListeners) listener(changed)
  }

  protected publishHealth(): void {
    const { health } = this
    for (const listener of this.healthListeners) listener(health)
  }
}
