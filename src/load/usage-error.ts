/** The call itself is wrong: a path that is not there, a pattern that matches nothing. One clear line; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do about it, where there is something to say. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
