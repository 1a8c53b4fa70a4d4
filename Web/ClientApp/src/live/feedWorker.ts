import { directFeeds } from './directFeeds'
import type { FromFeeds, ToFeeds } from './feedPort'
import { serveFeeds } from './servedFeeds'

/** Runs beside a page: messages are read here, so that the page's own thread has nothing to do but to draw. */
const take = serveFeeds(directFeeds, (message: FromFeeds, transfer) => self.postMessage(message, { transfer }), () => self.close())
self.onmessage = ({ data }: MessageEvent<ToFeeds>) => take(data)
self.postMessage({ kind: 'ready' } satisfies FromFeeds)
