// Open questions and those asked before, kept in the browser: one entry a question, written at every key.
// All windows see the same questions; which of them is open is each window's own business.

export interface Draft {
  id: string;
  text: string;
  view: string;
  options: Record<string, string>;
  /** What the question was opened with, to find it again by the same address. */
  origin: string;
  title: string;
  example: string;
  edited: number;
}
export interface Past { text: string; at: number; rows: number; closed?: boolean }

const DRAFT = "kopru.draft.";
const ORDER = "kopru.drafts";
const PAST = "kopru.past";
const OPEN = "kopru.open";
const MOST_PAST = 100;
/** Longer ones are not remembered among those asked before; their draft is. */
const LONGEST_PAST = 50_000;

/** Why what is typed stays in this window only. */
export type Trouble = "full" | "forbidden" | undefined;

function find(kind: "localStorage" | "sessionStorage"): Storage | undefined {
  try {
    const storage = window[kind];
    storage.setItem("kopru.try", "1");
    storage.removeItem("kopru.try");
    return storage;
  } catch (error) {
    // A full storage still can be read.
    return isFull(error) ? window[kind] : undefined;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && (error.name === "QuotaExceededError" || error.code === 22);
}

export class Drafts {
  private readonly storage = find("localStorage");
  private readonly session = find("sessionStorage");
  private readonly memory = new Map<string, string>();
  trouble: Trouble = this.storage ? undefined : "forbidden";

  constructor(private readonly onTrouble: (trouble: Trouble) => void) {
    if (this.trouble) onTrouble(this.trouble);
  }

  /** All open questions in their order. */
  list(): Draft[] {
    const drafts = this.order().map((id) => this.read<Draft>(DRAFT + id)).filter((draft) => draft !== undefined);
    return drafts.filter((draft) => typeof draft.text === "string");
  }

  find(id: string): Draft | undefined {
    return this.list().find((draft) => draft.id === id);
  }

  /** Open another question at the end. */
  add(draft: Omit<Draft, "id" | "edited">): Draft {
    const made = { ...draft, id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), edited: Date.now() };
    this.save(made);
    this.write(ORDER, [...this.order(), made.id]);
    return made;
  }

  /** Keep a question as it is now. */
  save(draft: Draft): void {
    draft.edited = Date.now();
    this.write(DRAFT + draft.id, draft);
  }

  /** Close a question; it stays among those asked before. */
  close(draft: Draft): void {
    if (draft.text.trim() && draft.text !== draft.origin) this.remember({ text: draft.text, at: Date.now(), rows: -1, closed: true });
    this.write(ORDER, this.order().filter((id) => id !== draft.id));
    this.remove(DRAFT + draft.id);
  }

  past(): Past[] {
    return this.read<Past[]>(PAST) ?? [];
  }

  remember(asked: Past): void {
    if (asked.text.length > LONGEST_PAST) return;
    const others = this.past().filter((one) => one.text !== asked.text);
    this.write(PAST, [asked, ...others].slice(0, MOST_PAST));
  }

  get open(): string {
    return this.session?.getItem(OPEN) ?? "";
  }

  set open(id: string) {
    try {
      this.session?.setItem(OPEN, id);
    } catch {
      // The first question opens then.
    }
  }

  /** Call back with the question that another window has changed; `undefined`: which ones there are. */
  onOthers(changed: (id: string | undefined) => void): void {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(DRAFT)) changed(event.key.slice(DRAFT.length));
      else if (event.key === ORDER || event.key === null) changed(undefined);
    });
  }

  private order(): string[] {
    const order = this.read<string[]>(ORDER);
    return Array.isArray(order) ? order : [];
  }

  private read<T>(key: string): T | undefined {
    const text = this.memory.get(key) ?? this.storage?.getItem(key);
    try {
      return text ? (JSON.parse(text) as T) : undefined;
    } catch {
      return undefined;
    }
  }

  private write(key: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (!this.storage || !this.put(key, text)) {
      this.memory.set(key, text);
      return;
    }
    this.memory.delete(key);
    if (this.trouble === "full") this.writeKept();
  }

  /** There is room again: what was kept in this window is written too. */
  private writeKept(): void {
    for (const [key, text] of this.memory) {
      if (!this.put(key, text)) return;
      this.memory.delete(key);
    }
    this.trouble = undefined;
    this.onTrouble(undefined);
  }

  /** Write; where there is no room, what was asked before makes some. */
  private put(key: string, text: string): boolean {
    for (let past = this.past(); ; past = past.slice(0, Math.floor(past.length / 2))) {
      try {
        this.storage?.setItem(key, text);
        return true;
      } catch (error) {
        if (!past.length || key === PAST) {
          this.trouble = isFull(error) ? "full" : "forbidden";
          this.onTrouble(this.trouble);
          return false;
        }
        this.storage?.setItem(PAST, JSON.stringify(past.slice(0, Math.floor(past.length / 2))));
      }
    }
  }

  private remove(key: string): void {
    this.memory.delete(key);
    this.storage?.removeItem(key);
  }
}
