import {
  DefaultHttpClient, HttpError, HubConnectionBuilder, LogLevel, NullLogger,
  type HttpRequest, type HttpResponse, type HubConnection,
} from '@microsoft/signalr'
import { UnauthorisedError, type Hub } from './feedConnection'
import type { FeedMessage } from './feedMessage'
import { HeardProtocol } from './heardProtocol'

/** SignalR turns every failed negotiation into one error without a status; this remembers whether it was a 401. */
class NegotiationClient extends DefaultHttpClient {
  refused = false

  override async send(request: HttpRequest): Promise<HttpResponse> {
    this.refused = false
    try {
      return await super.send(request)
    } catch (error) {
      this.refused = error instanceof HttpError && error.statusCode === 401
      throw error
    }
  }
}

/** The hub of the server. `onHeard` is called whenever anything comes in, pings too. */
export class SignalRHub implements Hub {
  private readonly http = new NegotiationClient(NullLogger.instance)
  private readonly connection: HubConnection

  constructor(onHeard: () => void) {
    this.connection = new HubConnectionBuilder()
      .withUrl('/hubs/dispatch', { httpClient: this.http })
      .withHubProtocol(new HeardProtocol(onHeard))
      .configureLogging(LogLevel.None)
      .build()
  }

  async start(): Promise<void> {
    try {
      await this.connection.start()
    } catch (error) {
      throw this.http.refused ? new UnauthorisedError() : error
    }
  }

  stop(): Promise<void> {
    return this.connection.stop()
  }

  invoke(method: string, ...args: unknown[]): Promise<unknown> {
    return this.connection.invoke(method, ...args)
  }

  on(method: string, handler: (message: FeedMessage) => void): void {
    this.connection.on(method, handler)
  }

  onclose(handler: (error?: Error) => void): void {
    this.connection.onclose(handler)
  }
}
