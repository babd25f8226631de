import { type CommandDescription, generalOptions } from '../option.ts';

/** The shells that there is a completion for. */
export const completionShells = ['bash', 'zsh'] as const;

/** `no502 completion SHELL` */
export const completionDescription = {
  name: 'completion',
  positionals: completionShells.join('|'),
  title: 'Print a script that completes calls in a shell',
  description: ['Completes commands, options, what options can be, and the ids of rules.'],
  groups: [generalOptions],
  examples: [['eval "$(no502 completion bash)"', 'for the shell that runs; in ~/.bashrc for all that come']],
  sections: [],
} as const satisfies CommandDescription;
