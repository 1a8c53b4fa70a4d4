import { FeedConnection } from './feedConnection'
import type { FeedEvents, Feeds } from './feeds'
import { SignalRHub } from './signalRHub'

/** Feeds that are received where they are asked for: on the phone's page, which has few, and in the worker of the pages at a desk. */
export function directFeeds({ onHeard, onUnauthorised }: FeedEvents): Feeds {
  return new FeedConnection({ hub: new SignalRHub(onHeard), onUnauthorised })
}
