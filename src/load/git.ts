/** What a run of git came to. */
export interface GitResult {
  /** The exit code; `undefined` where git could not be started. */
  readonly status: number | undefined;
  readonly stdout: Buffer;
  /** What git said on standard error, or why it could not be started. */
  readonly stderr: string;
}

/**
 * Runs git in the current directory with arguments of ours and nothing of the user's files among them. Whoever gives one
 * sees to it that no hook, filter or helper of the repository is run and that nothing is fetched.
 */
export type RunGit = (args: readonly string[], input?: string) => GitResult;
