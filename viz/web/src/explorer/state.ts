// What the picture shows stands in the address: a link is the view, and going back is undoing.
// The server reads the same (viz/address.py).

export interface State {
  start: string; open: string[]; drop: string[]; from: string; to: string; hide: Set<string>;
  over: string; pick: string; day: string;
}
type Watcher = (state: State, before: State) => void;

const list = (text: string | null): string[] => (text ?? "").split(",").filter(Boolean);

/** Read an address; `start` and `day` stand in where it names none. */
export function readState(address: URL, start: string, day: string): State {
  const query = address.searchParams;
  return {
    start: query.get("start") || start, open: list(query.get("open")), drop: list(query.get("drop")),
    from: query.get("from") ?? "", to: query.get("to") ?? "", hide: new Set(list(query.get("hide"))),
    over: query.get("over") ?? "",
    // Links of earlier times named what is picked behind the #.
    pick: query.get("pick") ?? decodeURIComponent(address.hash.slice(1)),
    day: query.get("as_of") || day,
  };
}

/** The parameters of a state, those that say nothing left out. */
export function writeState(state: State, home: string, today: string, language: string | null): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string): void => { if (value) query.set(name, value); };
  put("lang", language ?? "");
  put("as_of", state.day === today ? "" : state.day);
  put("start", state.start === home ? "" : state.start);
  put("open", state.open.join(","));
  put("drop", state.drop.join(","));
  put("from", state.from && state.to ? state.from : "");
  put("to", state.from && state.to ? state.to : "");
  put("hide", [...state.hide].sort().join(","));
  put("over", state.over);
  put("pick", state.pick);
  return query;
}

/** Holds the state, writes it into the address and tells those who draw it. */
export class Store {
  private watchers: Watcher[] = [];
  private steps = 0;
  state: State;

  constructor(private readonly home: string, private readonly today: string) {
    this.state = readState(new URL(location.href), home, today);
    addEventListener("popstate", () => {
      this.steps = Math.max(0, this.steps - 1);
      this.take(readState(new URL(location.href), this.home, this.today));
    });
  }

  /** Whether there is anything to go back to. */
  get canUndo(): boolean { return this.steps > 0; }

  watch(watcher: Watcher): void { this.watchers.push(watcher); }

  /** Change something; `quiet` changes don't make a step that can be undone. */
  set(change: Partial<State>, quiet = false): void {
    const next = { ...this.state, ...change };
    const address = this.address(next);
    if (address === location.pathname + location.search) return;
    if (quiet) history.replaceState(null, "", address);
    else {
      history.pushState(null, "", address);
      this.steps += 1;
    }
    this.take(next);
  }

  undo(): void { if (this.canUndo) history.back(); }

  /** The parameters of the view as it is. */
  query(): URLSearchParams {
    const asked = new URL(location.href).searchParams.get("lang");
    return writeState(this.state, this.home, this.today, asked);
  }

  private address(state: State): string {
    const asked = new URL(location.href).searchParams.get("lang");
    // Commas, colons and slashes may stand in a query as they are: links stay readable.
    const text = writeState(state, this.home, this.today, asked).toString()
      .replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/");
    return location.pathname + (text ? `?${text}` : "");
  }

  private take(next: State): void {
    const before = this.state;
    this.state = next;
    for (const watcher of this.watchers) watcher(next, before);
  }
}
