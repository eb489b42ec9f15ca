/** Where the reader is: the path below /app, and the filter, which stands in the address too. */
class Router {
  #url = $state.raw(new URL(location.href));

  constructor() {
    addEventListener('popstate', () => (this.#url = new URL(location.href)));
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** Such as "/" or "/events/0198…". */
  get path(): string {
    return this.#url.pathname.replace(/^\/app/, '') || '/';
  }

  /** A part of the filter; empty if it is not given. */
  parameter(name: string): string {
    return this.#url.searchParams.get(name) ?? '';
  }

  /** The id in a path such as "/events/ID"; undefined elsewhere. */
  id(view: string): string | undefined {
    const match = new RegExp(`^/${view}/([0-9a-f-]{36})/?$`).exec(this.path);
    return match?.[1];
  }

  go(href: string): void {
    history.pushState(null, '', href);
    this.#url = new URL(location.href);
    scrollTo(0, 0);
  }

  /** Changes the filter: what is empty leaves the address. Typing makes no steps to go back. */
  filter(changes: Record<string, string>, replace = false): void {
    const url = new URL(this.#url);
    for (const [name, value] of Object.entries(changes)) {
      if (value) {
        url.searchParams.set(name, value);
      } else {
        url.searchParams.delete(name);
      }
    }
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    this.#url = url;
  }

  /** Links within the dashboard need no new page. */
  #follow(event: MouseEvent): void {
    const link = (event.target as Element).closest?.('a');
    if (
      link &&
      link.origin === location.origin &&
      link.pathname.startsWith('/app/') &&
      !link.target &&
      event.button === 0 &&
      !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    ) {
      event.preventDefault();
      this.go(link.href);
    }
  }
}

export const router = new Router();
