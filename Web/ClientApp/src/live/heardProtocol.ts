import { JsonHubProtocol, type HubMessage, type IHubProtocol, type ILogger } from '@microsoft/signalr'

/**
 * The JSON hub protocol that also tells when anything at all came in. SignalR hides its pings from the application, but they are
 * the only sign of life of a quiet station.
 */
export class HeardProtocol implements IHubProtocol {
  private readonly inner = new JsonHubProtocol()
  readonly name = this.inner.name
  readonly version = this.inner.version
  readonly transferFormat = this.inner.transferFormat

  constructor(private readonly onHeard: () => void) {}

  parseMessages(input: string | ArrayBuffer, logger: ILogger): HubMessage[] {
    this.onHeard()
    return this.inner.parseMessages(input as string, logger)
  }

  writeMessage(message: HubMessage): string {
    return this.inner.writeMessage(message)
  }
}
