import { type CommandDescription, generalOptions } from '../option.ts';
import { formatOption, outputOption } from './output-options.ts';

/** `no502 upgrade` */
export const upgradeDescription = {
  name: 'upgrade',
  positionals: '',
  title: 'Plan a PHP upgrade, or finish one',
  description: [
    'Finds what still points at an old PHP (passes, upstreams, maps, units, timers, cron, logrotate, ...), the pools, extensions and values that the new one lacks, and what it refuses, and writes down the order of steps that keeps the sites up. It starts nothing and runs nothing.',
  ],
  groups: [
    {
      title: 'Input',
      options: [
        { name: 'root', takes: 'DIR', description: "Take DIR as the host's /" },
        {
          name: 'from',
          takes: 'VERSION',
          description:
            'The old PHP: 8.1 (default: one that nginx names without a pool, else the lower installed one)',
        },
        { name: 'to', takes: 'VERSION', description: 'The new PHP: 8.3 (default: the highest installed)' },
      ],
    },
    {
      title: 'Repair',
      options: [
        { name: 'fix', description: 'Point nginx at sockets that the new PHP has under the renamed path' },
        { name: 'fix-dry-run', description: 'Print what --fix would change as a diff and change nothing' },
      ],
    },
    {
      title: 'Output',
      options: [formatOption(['pretty', 'json'], 'pretty'), outputOption('plan')],
    },
    generalOptions,
  ],
  examples: [
    ['no502 upgrade', 'what is left to do on the host it runs on'],
    ['no502 upgrade --root deploy/root --to 8.3', 'plan an upgrade before it is made'],
    ['no502 upgrade --from 8.1 --to 8.3 --fix', 'switch nginx over'],
  ],
  sections: [
    {
      title: 'Exit status',
      lines: [
        ['0', 'nothing points at the old PHP, once fixes are made'],
        ['1', 'something does'],
        ['2', 'the call is wrong'],
        ['3', 'a fault of no502: please report it'],
      ],
    },
  ],
} as const satisfies CommandDescription;
