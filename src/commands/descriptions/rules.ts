import { type CommandDescription, generalOptions } from '../option.ts';
import { formatOption } from './output-options.ts';

/** `no502 rules` */
export const rulesDescription = {
  name: 'rules',
  positionals: '',
  title: 'List the rules',
  description: ['Lists every rule: its id, its severity and what it finds.'],
  groups: [
    {
      title: 'Output',
      options: [formatOption(['pretty', 'json'], 'pretty')],
    },
    generalOptions,
  ],
  examples: [['no502 rules -f json', 'the same for a program']],
  sections: [],
} as const satisfies CommandDescription;
