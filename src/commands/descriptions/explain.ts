import { type CommandDescription, generalOptions } from '../option.ts';

/** `no502 explain ID` */
export const explainDescription = {
  name: 'explain',
  positionals: 'ID..',
  title: 'Explain a rule, or a line of a log',
  description: [
    'Tells what a rule does, why it matters, when it is fine and how to fix it, with examples and references.',
    "Given a line of the log of nginx or php-fpm, or of the kernel's out-of-memory killer, tells which findings of the host write that very line, and which rules may be behind it, the most frequent first.",
  ],
  groups: [
    {
      title: 'Input',
      options: [
        {
          name: 'root',
          takes: 'DIR',
          description: "Look for what writes the line in DIR, taken as the host's /",
        },
      ],
    },
    generalOptions,
  ],
  examples: [
    ['no502 explain stale-php-version-socket', 'all about one rule'],
    ['no502 explain "$(tail -n 1 /var/log/nginx/error.log)"', 'what writes the last line'],
  ],
  sections: [],
} as const satisfies CommandDescription;
