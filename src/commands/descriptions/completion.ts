import { type CommandDescription, generalOptions } from '../option.ts';

/** The shells that there is a completion for. */
export const completionShells = ['bash', 'zsh', 'fish'] as const;

export type CompletionShell = (typeof completionShells)[number];

/** `no502 completion SHELL` */
export const completionDescription = {
  name: 'completion',
  positionals: completionShells.join('|'),
  title: 'Print a script that completes calls in a shell',
  description: ['Completes commands, options, what options can be, and the ids of rules.'],
  groups: [generalOptions],
  examples: [
    ['eval "$(no502 completion bash)"', 'for the shell that runs; in ~/.bashrc for all that come'],
    ['eval "$(no502 completion zsh)"', 'the same for zsh and ~/.zshrc'],
    ['no502 completion fish | source', 'the same for fish and ~/.config/fish/config.fish'],
  ],
  sections: [],
} as const satisfies CommandDescription;
