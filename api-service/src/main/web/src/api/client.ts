import type { components, paths } from './schema';

/** The shapes of the API's answers, as docs/openapi.yaml describes them. */
export type Schemas = components['schemas'];

type Method = 'get' | 'post' | 'patch' | 'delete';
type PathsWith<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: object } ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P][M];

type Body<O> = O extends { requestBody?: { content: infer C } } ? C[keyof C] : undefined;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : undefined;
type PathValues<O> = O extends { parameters: { path: infer V } } ? V : undefined;
type Content<R> = R extends { content: infer C } ? C[keyof C] : undefined;
type Answer<O> = O extends { responses: infer R }
  ? Content<R[Extract<keyof R, 200 | 201 | 202 | 204 | 207>]>
  : never;

interface Options<O> {
  path?: PathValues<O>;
  query?: Query<O>;
  body?: Body<O>;
  signal?: AbortSignal;
}

/** Trouble as the API tells it (RFC 9457), or that it could not be reached. */
export class Problem extends Error {
  constructor(
    /** The status of the answer; 0 if there was none. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The token that the API wants with everything that changes something; it comes with the session. */
let csrf: string | null = null;
/** How far the clock of this machine is behind that of the service, in milliseconds. */
let skew = 0;
let onUnauthorized = () => {};

export function useSession(token: string | null): void {
  csrf = token;
}

/** What to do when the session is over. */
export function whenLoggedOut(action: () => void): void {
  onUnauthorized = action;
}

/** The time by the service's clock: what is shown as "2 minutes ago" does not depend on this one's. */
export function serverNow(): number {
  return Date.now() + skew;
}

export const api = {
  get: <P extends PathsWith<'get'>>(path: P, options: Options<Operation<P, 'get'>> = {}) =>
    call<Answer<Operation<P, 'get'>>>('GET', path, options),
  post: <P extends PathsWith<'post'>>(path: P, options: Options<Operation<P, 'post'>> = {}) =>
    call<Answer<Operation<P, 'post'>>>('POST', path, options),
  delete: <P extends PathsWith<'delete'>>(path: P, options: Options<Operation<P, 'delete'>> = {}) =>
    call<Answer<Operation<P, 'delete'>>>('DELETE', path, options),
};

interface Loose {
  path?: unknown;
  query?: unknown;
  body?: unknown;
  signal?: AbortSignal;
}

async function call<T>(method: string, path: string, options: Loose): Promise<T> {
  const response = await send(method, address(path, options), options);
  const date = Date.parse(response.headers.get('Date') ?? '');
  if (!Number.isNaN(date) && Math.abs(date - Date.now() - skew) > 2_000) {
    skew = date - Date.now();
  }
  if (!response.ok) {
    if (response.status === 401 && path !== '/session') {
      onUnauthorized();
    }
    throw await problem(response);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function send(method: string, url: string, { body, signal }: Loose): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (method !== 'GET' && csrf !== null) {
    headers['X-CSRF-Token'] = csrf;
  }
  try {
    return await fetch(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new Problem(0, 'The service does not answer. It may be starting, or the network is away.');
  }
}

function address(path: string, { path: values, query }: Loose): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((values as Record<string, unknown>)[name])),
  );
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text ? `${filled}?${text}` : filled;
}

async function problem(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as Schemas['Problem'];
    const fields = (told.errors ?? []).map((e) => `${e.field} ${e.message}`).join('; ');
    return new Problem(response.status, fields || told.detail || told.title);
  } catch {
    return new Problem(response.status, `The service answered with status ${response.status}.`);
  }
}
