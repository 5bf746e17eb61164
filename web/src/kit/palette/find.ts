/** Find: what of the index fits what was typed, the recent and the best first, in sections. */
import { Best, type Found } from "./best";
import { type Entry, type Index, pair, type Verb } from "./entry";
import { fit, wordsOf } from "./match";
import { adds, type Fits, fitsOf, together, whole } from "./score";

export type SectionId = "go" | "run" | "recent";

export interface Section {
  id: SectionId;
  title: string;
  entries: Entry[];
  /** How many fit, shown or not. */
  total: number;
}

export interface Asked {
  query: string;
  /** Only what can be done. */
  actionsOnly: boolean;
  /** Only what can be done with this one. */
  on?: Entry | undefined;
  /** What the page is about: what can be done with it is offered before anything is typed. */
  here?: Entry | undefined;
}

/** Used lately, the newest first. */
export type Recent = readonly Entry[];

/** No section holds more lines than this. */
export const MOST = 60;
/** What was used last may be this much worse a match. */
const NEWEST = 40;
/** Nobody asked by name for this action or this tab, or it cannot be done now: others come first. */
const UNASKED = 0.8;

/** How the keys of pages begin. */
export const PAGE = "page:";

/** A fit above this can be seen: letters in a row of what is shown. */
const PLAIN = 30;

const TITLES: Record<SectionId, string> = { go: "Go to", run: "Run", recent: "Recent" };

export function find(index: Index, asked: Asked, recent: Recent): Section[] {
  const search = new Search(index, asked, recent);
  if (asked.on) search.pairs(asked.on, search.none);
  else if (search.words.length === 0) search.nothingTyped();
  else search.all();
  return search.sections();
}

class Search {
  readonly words;
  /** As of a place that fits no word. */
  readonly none: Fits;
  private readonly bonus: ReadonlyMap<string, number>;
  private readonly verbFits = new Map<Verb, Fits>();
  private readonly go = new Best(MOST);
  private readonly run = new Best(MOST);

  constructor(
    private readonly index: Index,
    private readonly asked: Asked,
    private readonly recent: Recent,
  ) {
    this.words = wordsOf(asked.query);
    this.none = this.words.map(() => 0);
    this.bonus = new Map(recent.map(({ key }, rank) => [key, Math.max(0, NEWEST - rank)]));
  }

  nothingTyped(): void {
    if (this.asked.here) this.pairs(this.asked.here, this.none);
    for (const place of this.index.commands) this.run.add(0, place);
    if (this.asked.actionsOnly) return;
    for (const place of this.index.places) {
      if (place.key.startsWith(PAGE) && !this.bonus.has(place.key)) this.go.add(0, place);
    }
  }

  all(): void {
    const { words } = this;
    for (const command of this.index.commands) this.add(this.run, whole(words, command.text), command);
    for (const place of this.index.places) {
      if (!this.asked.actionsOnly) this.add(this.go, whole(words, place.text), place);
      if (place.target) this.pairs(place, fitsOf(words, place.text));
    }
  }

  /** What can be done with a place, of which it is known how the words fit it. */
  pairs(place: Entry, own: Fits): void {
    const { target } = place;
    if (!target) return;
    const typed = this.words.length > 0;
    const full = typed && own.every((score) => score > PLAIN);
    for (const verb of this.index.verbs.get(target.type) ?? []) {
      const its = this.fitsVerb(verb);
      const named = !typed || adds(its, own);
      // A tab has to be named, or each resource would bring all of its tabs.
      if (!named && (verb.tab || !full)) continue;
      if (verb.tab && (this.asked.actionsOnly || (!typed && !this.asked.on))) continue;
      const score = typed ? together(its, own) : 1;
      if (verb.quiet && !this.asked.on && !(typed && named)) continue;
      if (score === 0 || !verb.offered(target.resource)) continue;
      const likely = (named && !verb.tab ? 1 : UNASKED) * (target.resource.not_now?.[verb.id] ? UNASKED : 1);
      this.add(verb.tab ? this.go : this.run, score * likely, place, verb);
    }
  }

  sections(): Section[] {
    const go = this.go.kept.map(made);
    const run = this.run.kept.map(made);
    const again = this.again(new Set([...go, ...run].map(({ key }) => key)));
    const typed = this.words.length > 0 || this.asked.on !== undefined;
    const found = [
      section("go", go, this.go.seen),
      section("run", run, this.run.seen),
      section("recent", again, again.length),
    ].filter(({ total }) => total > 0);
    // Who typed nothing most likely wants to go back to where he was.
    return typed ? found : found.sort((a, b) => Number(b.id === "recent") - Number(a.id === "recent"));
  }

  private add(section: Best, score: number, place: Entry, verb?: Verb): void {
    if (score === 0) return;
    const used = this.bonus.size > 0 ? this.bonus.get(verb ? `${verb.id}:${place.key}` : place.key) : 0;
    section.add(score + (used ?? 0), place, verb);
  }

  private fitsVerb(verb: Verb): Fits {
    const known = this.verbFits.get(verb);
    if (known) return known;
    const fits = fitsOf(this.words, verb.text);
    this.verbFits.set(verb, fits);
    return fits;
  }

  /** Recent ones that fit and stand in no other section. */
  private again(elsewhere: ReadonlySet<string>): Entry[] {
    const { actionsOnly, on } = this.asked;
    if (on) return [];
    const found = this.recent.filter((entry) => {
      const action = isAction(entry);
      if (elsewhere.has(entry.key) || (actionsOnly && !action)) return false;
      // Typed for, an action stands among the others that can be run.
      return this.words.length === 0 || (!action && this.words.every((word) => fit(word, entry.text) > 0));
    });
    // Enter at once goes somewhere; it does nothing again that was done before.
    return [...found.filter((entry) => !isAction(entry)), ...found.filter(isAction)];
  }
}

function isAction({ to }: Entry): boolean {
  return to === undefined;
}

function made({ place, verb }: Found): Entry {
  return verb ? pair(verb, place) : place;
}

function section(id: SectionId, entries: Entry[], total: number): Section {
  return { id, title: TITLES[id], entries, total };
}
