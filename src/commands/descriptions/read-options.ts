import { configName } from '../../config/read-config.ts';
import type { Option, OptionGroup } from '../option.ts';

/** What says which host is read, for every command that lints one. */
export const inputOptions = [
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
] as const satisfies readonly Option[];

/** What the files do not tell about the host, for every command that lints one. */
export const hostOptions = {
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
} as const satisfies OptionGroup;
