import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads what has grown in the log files of a host since the last look. */
export interface LogReader {
  /** New whole lines of nginx's error logs. */
  nginx(): readonly string[];
  /** New whole lines of every other log: php-fpm's. */
  fpm(): readonly string[];
}

/** Access and slow logs repeat what is known already, with times. */
const NOT_A_DAEMON_LOG = /access|slow/;

/** Follows all logs below /var/log of the host. */
export function followLogs(root: string): LogReader {
  const read = new Map<string, number>();
  const take = (directory: string, wanted: (path: string) => boolean): readonly string[] => {
    const base = join(root, directory);
    const lines: string[] = [];
    for (const path of readdirSync(base, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!path.endsWith('.log') || NOT_A_DAEMON_LOG.test(path) || !wanted(path)) continue;
      const text = readFileSync(join(base, path), 'utf8');
      const from = read.get(path) ?? 0;
      const to = text.lastIndexOf('\n') + 1;
      read.set(path, to);
      if (to > from) lines.push(...text.slice(from, to - 1).split('\n'));
    }
    return lines;
  };
  return {
    nginx: () => take('var/log', (path) => path.startsWith('nginx/')),
    fpm: () => take('var/log', (path) => !path.startsWith('nginx/')),
  };
}
