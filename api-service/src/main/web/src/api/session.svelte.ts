import { api, Problem, useSession, whenLoggedOut, type Schemas } from './client';

type Role = Schemas['Session']['role'];

const ROLES: Role[] = ['VIEWER', 'ORGANISER', 'OPERATOR'];

/** Who looks at the page. */
class Session {
  name = $state('');
  role = $state<Role>('VIEWER');
  state = $state<'unknown' | 'out' | 'in'>('unknown');
  /** Why nobody is logged in, in a sentence. */
  notice = $state('');

  constructor() {
    whenLoggedOut(() => {
      if (this.state === 'in') {
        this.notice = 'The session is over. Log in again.';
      }
      this.#end();
    });
  }

  /** Whether the reader may do what is open to a role. */
  may(role: Role): boolean {
    return ROLES.indexOf(this.role) >= ROLES.indexOf(role);
  }

  /** With the code of a one-time login in the address, or with the cookie of a session. */
  async begin(): Promise<void> {
    const code = /^#login=(.+)$/.exec(location.hash)?.[1];
    if (code) {
      // Out of the history: it is of no use to anybody any more.
      history.replaceState(null, '', location.pathname + location.search);
      try {
        this.#enter(await api.post('/session', { body: { code: decodeURIComponent(code) } }));
        return;
      } catch (error) {
        this.notice =
          error instanceof Problem && error.status === 401
            ? 'This login was used before, or is older than ten minutes. Make a new one with ./drivelens status, or paste a token.'
            : sentence(error);
      }
    }
    try {
      this.#enter(await api.get('/session'));
      this.notice = '';
    } catch (error) {
      if (!(error instanceof Problem && error.status === 401)) {
        this.notice = sentence(error);
      }
      this.#end();
    }
  }

  async login(token: string): Promise<void> {
    this.#enter(await api.post('/session', { body: { token } }));
    this.notice = '';
  }

  async logout(): Promise<void> {
    await api.delete('/session');
    this.notice = '';
    this.#end();
  }

  #enter(session: Schemas['Session']): void {
    useSession(session.csrfToken);
    this.name = session.name;
    this.role = session.role;
    this.state = 'in';
  }

  #end(): void {
    useSession(null);
    this.state = 'out';
  }
}

export const session = new Session();

/** What went wrong, for people. */
export function sentence(error: unknown): string {
  return error instanceof Problem ? error.message : 'Something went wrong on this page. Reload it.';
}
