import { type CommandDescription, generalOptions } from '../option.ts';

/** `no502 rules` */
export const rulesDescription = {
  name: 'rules',
  positionals: '',
  title: 'List the rules',
  description: ['Lists every rule: its id, its severity and what it finds.'],
  groups: [
    {
      title: 'Output',
      options: [
        {
          name: 'format',
          alias: 'f',
          takes: 'FORMAT',
          values: ['pretty', 'json'],
          description: 'pretty, json (default: pretty)',
        },
      ],
    },
    generalOptions,
  ],
  examples: [['no502 rules -f json', 'the same for a program']],
  sections: [],
} as const satisfies CommandDescription;
