/** The call or the configuration file is wrong. The message is for the user: the command prints it and exits 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
