import {
  DefaultHttpClient, HttpError, HttpResponse, HubConnectionBuilder, LogLevel, NullLogger,
  type HttpRequest, type HubConnection,
} from '@microsoft/signalr'
import { retryAfterMs } from './backoff'
import { TooManyError, UnauthorisedError, type Hub } from './feedConnection'
import { HeardProtocol } from './heardProtocol'

/** SignalR turns every failed negotiation into one error without a status or a header; this remembers what was answered. */
class NegotiationClient extends DefaultHttpClient {
  refusal: UnauthorisedError | TooManyError | null = null

  override async send(request: HttpRequest): Promise<HttpResponse> {
    if (!request.url?.includes('/negotiate')) return super.send(request)
    const response = await fetch(request.url, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest', ...request.headers },
      credentials: 'same-origin',
      cache: 'no-cache',
      signal: request.timeout ? AbortSignal.timeout(request.timeout) : null,
    })
    if (response.status === 401) this.refusal = new UnauthorisedError()
    if (response.status === 429) this.refusal = new TooManyError(retryAfterMs(response.headers.get('Retry-After')))
    const content = await response.text()
    if (!response.ok) throw new HttpError(content || response.statusText, response.status)
    return new HttpResponse(response.status, response.statusText, content)
  }
}

/** The hub of the server. `onHeard` is called whenever anything comes in, pings too. */
export class SignalRHub implements Hub {
  private readonly http = new NegotiationClient(NullLogger.instance)
  private readonly connection: HubConnection

  constructor(onHeard: () => void) {
    this.connection = new HubConnectionBuilder()
      .withUrl(new URL('/hubs/dispatch', location.origin).href, { httpClient: this.http })
      .withHubProtocol(new HeardProtocol(onHeard))
      .configureLogging(LogLevel.None)
      .build()
  }

  async start(): Promise<void> {
    this.http.refusal = null
    try {
      await this.connection.start()
    } catch (error) {
      throw this.http.refusal ?? error
    }
  }

  stop(): Promise<void> {
    return this.connection.stop()
  }

  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    return this.connection.invoke(method, ...args)
  }

  on<T>(method: string, handler: (message: T) => void): void {
    this.connection.on(method, handler)
  }

  onclose(handler: (error?: Error) => void): void {
    this.connection.onclose(handler)
  }
}
