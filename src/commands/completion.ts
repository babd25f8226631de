import type { Rule } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';
import { bashCompletion } from './completions/bash.ts';
import { fishCompletion } from './completions/fish.ts';
import { zshCompletion } from './completions/zsh.ts';
import { type CompletionShell, completionShells } from './descriptions/completion.ts';
import { oneOf } from './settings.ts';

const scripts = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const satisfies Record<CompletionShell, (rules: readonly Rule[]) => string>;

/**
 * `no502 completion bash|zsh|fish`: prints the script that completes commands, options, their values, and ids of rules.
 *
 * @throws UsageError for another shell, or none.
 */
export function completion(call: Call, { stdout }: Io, rules: readonly Rule[]): number {
  const [shell, more] = call.words;
  if (shell === undefined) throw new UsageError(`completion needs a shell: ${completionShells.join(', ')}`);
  if (more !== undefined) throw new UsageError(`completion takes no "${more}"`);
  stdout.write(scripts[oneOf('the shell', shell, completionShells)](rules));
  return 0;
}
