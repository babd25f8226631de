import { failLevels, ruleLevels } from '../../engine/severity.ts';
import { formatNames } from '../../report/formats.ts';
import { type CommandDescription, generalOptions } from '../option.ts';
import { formatOption, outputOption } from './output-options.ts';
import { hostOptions, inputOptions } from './read-options.ts';

/** `no502 [paths..]` */
export const checkDescription = {
  name: 'check',
  positionals: '[paths..]',
  title: 'Predict 502, 503 and 504 from the nginx and PHP-FPM configuration',
  description: [
    'Reads the nginx and PHP-FPM configuration of a host, joins every pass to who listens, and reports the requests that will be answered 502, 503 or 504 and the daemons that will refuse to start, each with the line they will log. It starts nothing, connects to nothing and runs nothing of what it reads.',
    'Without paths and without --root it reads the host it runs on. With paths it reads what they hold: configuration files, directories or patterns. In a directory with a compose project each of its services is a host of its own. What only the rest of the host could tell is then unknown, not wrong. The output of nginx -T is taken apart into the files that it comes from, whether it is given as a file or on standard input (-).',
  ],
  groups: [
    {
      title: 'Input',
      options: [
        ...inputOptions,
        {
          name: 'stdin-filename',
          takes: 'FILE',
          description:
            'The file that standard input is to stand for: with --root, only what it causes is reported',
        },
        {
          name: 'changed',
          description:
            'Take the paths for files that were changed: lint --root or the current directory, and report what the change causes',
        },
        {
          name: 'staged',
          description:
            'The same for what git has staged, as it is staged; without paths, for all files that are',
        },
      ],
    },
    hostOptions,
    {
      title: 'Judgement',
      options: [
        {
          name: 'rule',
          takes: 'ID=LEVEL',
          repeatable: true,
          description: `Set a rule to ${ruleLevels.join(', ')}`,
        },
        {
          name: 'fail-on',
          takes: 'LEVEL',
          values: failLevels,
          description: `Exit 1 from this severity on: ${failLevels.join(', ')} (default: error)`,
        },
        {
          name: 'baseline',
          takes: 'FILE',
          description: 'Leave out the findings in FILE, so that only new ones count',
        },
        { name: 'update-baseline', description: 'Write all findings to the --baseline FILE' },
      ],
    },
    {
      title: 'Repair',
      options: [
        { name: 'fix', description: 'Make the fixes that cannot change what works today' },
        { name: 'fix-unsafe', description: 'Make all fixes' },
        { name: 'fix-dry-run', description: 'Print what would be changed as a diff and change nothing' },
      ],
    },
    {
      title: 'Output',
      options: [
        formatOption(formatNames, 'pretty'),
        outputOption('report'),
        { name: 'quiet', alias: 'q', description: 'Only errors, no summary' },
        { name: 'watch', description: 'Run again whenever a file that was read changes; on a terminal' },
        { name: 'verbose', alias: 'v', description: 'Also what was read, and who answers each pass' },
      ],
    },
    generalOptions,
  ],
  examples: [
    ['no502', 'lint the host it runs on'],
    ['no502 --root deploy/root --memory 4G', 'lint a tree that will become a host'],
    ['no502 sites-available/*.conf', 'lint files before they are copied'],
    ['ssh web1 nginx -T | no502 -', 'lint the nginx of another host'],
    ['no502 --root deploy/root --baseline no502-baseline.json', 'let only new findings count'],
    ['no502 --rule read-timeout-missing=off -f json', 'leave a rule out, print JSON'],
    ['no502 --fix-dry-run', 'show what --fix would change'],
  ],
  sections: [
    {
      title: 'Exit status',
      lines: [
        ['0', 'nothing at or above --fail-on, once fixes are made'],
        ['1', 'findings'],
        ['2', 'the call, a named file or the configuration file is wrong'],
        ['3', 'a fault of no502: please report it'],
      ],
    },
    {
      title: 'Environment',
      lines: [
        ['NO_COLOR', 'no colours'],
        ['FORCE_COLOR', 'colours even where the output is no terminal'],
      ],
    },
  ],
} as const satisfies CommandDescription;
