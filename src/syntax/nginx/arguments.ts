const none: readonly string[] = [];

/** The arguments of the directive that is being read. One list serves all: growing one costs more than they do, and leaves room for more. */
export class Arguments {
  readonly #room: string[] = [];
  #count = 0;

  /** Forgets those of the directive before. */
  begin(): void {
    this.#count = 0;
  }

  add(value: string): void {
    this.#room[this.#count++] = value;
  }

  /** Those added since the beginning, as a list of their own. */
  all(): readonly string[] {
    return this.#count === 0 ? none : this.#room.slice(0, this.#count);
  }
}
