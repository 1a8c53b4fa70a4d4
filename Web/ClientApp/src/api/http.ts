import { noteServerDate } from '../clock/serverClock'

/** A refusal by the server: RFC 9457 problem details with the stable `code` of our contract. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** The server's own sentence, in English. */
    readonly detail: string | null = null,
    /** The field of the request that it is about. */
    readonly field: string | null = null,
    /** Everything that the server said of it. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${status} ${code}`)
  }
}

async function problemOf(response: Response): Promise<ProblemError> {
  try {
    const body = (await response.json()) as Record<string, unknown>
    const { code, detail, field } = body
    if (typeof code === 'string') return new ProblemError(response.status, code, textOr(detail), textOr(field), body)
  } catch {
    // A proxy in between answers in its own words; the status still tells.
  }
  return new ProblemError(response.status, 'unknown')
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export interface CallOptions {
  readonly method?: string
  /** Sent as JSON; a file as what it is. */
  readonly body?: unknown
  /** Idempotency key of a command. */
  readonly commandId?: string
  readonly signal?: AbortSignal
}

/**
 * Calls our API under `/api/v1`. Throws a {@link ProblemError} where the server refuses and a `TypeError` where it cannot be
 * reached. Every answer also sets the server's clock.
 */
export async function callApi<T>(path: string, init: CallOptions = {}): Promise<T> {
  const request: RequestInit = { method: init.method ?? 'GET', credentials: 'same-origin', cache: 'no-store', signal: init.signal ?? null }
  const headers: Record<string, string> = {}
  if (init.body instanceof Blob) {
    request.body = init.body
  } else if (init.body !== undefined) {
    headers['Content-Type'] = 'application/json'
    request.body = JSON.stringify(init.body)
  }
  if (init.commandId !== undefined) headers['Idempotency-Key'] = init.commandId
  request.headers = headers
  const sentAt = Date.now()
  const response = await fetch(`/api/v1${path}`, request)
  noteServerDate(response.headers.get('Date'), sentAt, Date.now())
  if (!response.ok) throw await problemOf(response)
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}
