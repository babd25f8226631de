/** The call itself is wrong: a path that is not there, a pattern that matches nothing. The message is one clear line; the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
