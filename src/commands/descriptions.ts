import { configName } from '../config/read-config.ts';
import { failLevels, ruleLevels } from '../engine/severity.ts';
import { formatNames } from '../report/formats.ts';
import { type CommandDescription, generalOptions } from './option.ts';

/** `no502 [paths..]` */
export const checkDescription = {
  name: 'check',
  positionals: '[paths..]',
  title: 'Predict 502, 503 and 504 from the nginx and PHP-FPM configuration',
  description: [
    'Reads the nginx and PHP-FPM configuration of a host, joins every pass to who listens, and reports the requests that will be answered 502, 503 or 504 and the daemons that will refuse to start, each with the line they will log. It starts nothing, connects to nothing and runs nothing of what it reads.',
    'Without paths and without --root it reads the host it runs on. With paths it reads what they hold: configuration files, directories or patterns. What only the rest of the host could tell is then unknown, not wrong. The output of nginx -T is taken apart into the files that it comes from, whether it is given as a file or on standard input (-).',
  ],
  groups: [
    {
      title: 'Input',
      options: [
        {
          name: 'root',
          takes: 'DIR',
          description: "Take DIR as the host's /: DIR/etc/nginx, DIR/etc/php, ...",
        },
        {
          name: 'config',
          takes: 'FILE',
          description: `Configuration file (default: ${configName} in the current directory)`,
        },
        { name: 'stdin', description: 'Read a file from standard input, as the path - does' },
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
    {
      title: 'The host',
      options: [
        { name: 'memory', takes: 'SIZE', description: 'Memory of the host: 4G' },
        { name: 'worker-memory', takes: 'SIZE', description: 'What one php-fpm worker takes: 64M' },
        { name: 'nginx-user', takes: 'NAME', description: "User of nginx's workers: www-data" },
        {
          name: 'app',
          takes: 'NAME=PORT',
          repeatable: true,
          description:
            'App that listens on a port: api=3001, api=127.0.0.1:3001 or api=unix:/run/api.sock; it speaks HTTP unless told: api=grpc://3001',
        },
        { name: 'php', takes: 'VERSION', description: 'PHP version of pools that do not tell theirs: 8.3' },
        {
          name: 'nginx-version',
          takes: 'VERSION',
          description: 'nginx version that reads the files: 1.26.2',
        },
      ],
    },
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
        {
          name: 'format',
          alias: 'f',
          takes: 'FORMAT',
          values: formatNames,
          description: `${formatNames.join(', ')} (default: pretty)`,
        },
        { name: 'output', takes: 'FILE', description: 'Write the report to FILE' },
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
      options: [
        {
          name: 'format',
          alias: 'f',
          takes: 'FORMAT',
          values: ['pretty', 'json'],
          description: 'pretty, json (default: pretty)',
        },
        { name: 'output', takes: 'FILE', description: 'Write the plan to FILE' },
      ],
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

/** `no502 init` */
export const initDescription = {
  name: 'init',
  positionals: '',
  title: `Begin a ${configName}`,
  description: [
    `Writes a ${configName} into the current directory: the host that is found below it, the ports that nginx dials and nobody declares, and every other key commented out, each with what it is for. One that is there is left as it is.`,
  ],
  groups: [
    {
      title: 'Input',
      options: [{ name: 'root', takes: 'DIR', description: "The directory that plays the host's /" }],
    },
    generalOptions,
  ],
  examples: [['no502 init --root deploy/root', 'begin with that host']],
  sections: [],
} as const satisfies CommandDescription;

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

/** Every command; the first is the one that needs no name. */
export const commandDescriptions = [
  checkDescription,
  rulesDescription,
  explainDescription,
  upgradeDescription,
  initDescription,
  completionDescription,
] as const;
