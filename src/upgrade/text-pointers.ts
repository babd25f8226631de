import { sourceAt } from '../load/readable.ts';
import type { Root } from '../load/root.ts';
import { baseName, directoryOf } from '../syntax/path-parts.ts';
import type { Source } from '../syntax/source.ts';
import type { Scope } from './scope.ts';
import type { Pointer, PointerArea } from './upgrade.ts';

/** Where programs beside nginx and php-fpm are told what to run. */
const places: readonly (readonly [PointerArea, ...string[]])[] = [
  [
    'systemd',
    '/etc/systemd/system/*',
    '/etc/systemd/system/*.d/*.conf',
    '/usr/local/lib/systemd/system/*',
    '/etc/systemd/user/*',
  ],
  [
    'cron',
    '/etc/crontab',
    '/etc/anacrontab',
    '/etc/cron.d/*',
    '/etc/cron.hourly/*',
    '/etc/cron.daily/*',
    '/etc/cron.weekly/*',
    '/etc/cron.monthly/*',
    '/etc/crontabs/*',
    '/var/spool/cron/*',
    '/var/spool/cron/crontabs/*',
  ],
  ['logrotate', '/etc/logrotate.conf', '/etc/logrotate.d/*'],
  [
    'supervisor',
    '/etc/supervisord.conf',
    '/etc/supervisord.d/*',
    '/etc/supervisor/supervisord.conf',
    '/etc/supervisor/conf.d/*',
  ],
  ['monit', '/etc/monitrc', '/etc/monit.d/*', '/etc/monit/monitrc', '/etc/monit/conf.d/*'],
  ['sudo', '/etc/sudoers', '/etc/sudoers.d/*'],
  [
    'script',
    '/usr/local/bin/*',
    '/usr/local/sbin/*',
    '/etc/letsencrypt/renewal-hooks/*/*',
    '/etc/profile.d/*',
    '/etc/default/*',
  ],
];

/** A script that somebody wrote is smaller; a program that somebody put beside it is not. In bytes. */
const largestScript = 512 * 1024;

/** What names the old version in units, timers, cron, logrotate and the like, line by line. Comments are passed over. */
export function textPointers(scope: Scope): readonly Pointer[] {
  const { root } = scope;
  const seen = new Set<string>();
  const pointers: Pointer[] = [];
  for (const [area, ...patterns] of places) {
    for (const path of patterns.flatMap((pattern) => root.glob(pattern).paths)) {
      if (isPackaged(area, path, scope)) continue;
      const source = readScript(root, path);
      if (!source || seen.has(source.file)) continue;
      seen.add(source.file);
      if (area === 'systemd' && isDropIn(path, scope)) pointers.push(...dropInPointer(path, source, scope));
      else pointers.push(...linePointers(area, source, scope));
    }
  }
  return [...pointers, ...alternatives(scope)];
}

function readScript(root: Root, path: string): Source | undefined {
  const resolved = root.resolve(path);
  if (resolved.kind !== 'found' || resolved.status.size > largestScript) return undefined;
  // An enabled unit is a link to the package's, which changes with the package.
  if (/^(?:\/usr)?\/lib\/systemd\//.test(resolved.path)) return undefined;
  return sourceAt(root, path);
}

/** Files that the old version's own package or service brings, and the new one's brings again. */
function isPackaged(area: PointerArea, path: string, { text, input, from }: Scope): boolean {
  const name = baseName(path);
  if (area === 'logrotate') return /^(?:[a-z]*-)?php[\d.]*(?:-php)?-fpm$/.test(name) && names(name, text);
  if (area !== 'systemd' || !names(name, text)) return false;
  const isUnit = input.masters.some(
    ({ service, phpVersion }) => phpVersion === from && service?.unit === name,
  );
  return isUnit || /^php[\d.]+-(?:php-)?fpm\.service$/.test(name);
}

function names(name: string, text: Scope['text']): boolean {
  return text.mentions(name).length > 0;
}

/** `/etc/systemd/system/php8.1-fpm.service.d/limits.conf` */
function isDropIn(path: string, { text }: Scope): boolean {
  const directory = directoryOf(path);
  return directory.endsWith('.service.d') && names(directory, text);
}

function dropInPointer(path: string, source: Source, { root, text, from }: Scope): readonly Pointer[] {
  const target = text.rename(path);
  if (root.exists(target)) return [];
  const first = /^[ \t]*[^\s#;[].*$/m.exec(source.text);
  if (!first) return [];
  const start = first.index + first[0].length - first[0].trimStart().length;
  return [
    {
      area: 'systemd',
      at: { source, start, end: start + first[0].trim().length },
      today: `holds for the service of PHP ${from} only`,
      note: `the same belongs into ${target}`,
      affects: [],
    },
  ];
}

function linePointers(area: PointerArea, source: Source, { text, from }: Scope): readonly Pointer[] {
  const pointers: Pointer[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const isComment = line.trimStart().startsWith('#') || line.trimStart().startsWith(';');
    const [first, ...rest] = isComment ? [] : text.mentions(line);
    if (first) {
      const last = rest.at(-1) ?? first;
      pointers.push({
        area,
        at: { source, ...wordsAround(line, start, first.start, last.end) },
        today: `names PHP ${from}`,
        line: text.rename(line).trim(),
        affects: [],
      });
    }
    start += line.length + 1;
  }
  return pointers;
}

/** A stretch of a line, out to the blanks around it: `/usr/bin/php8.1` of the version in it. */
function wordsAround(line: string, offset: number, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start > 0 && !isBreak(line.charAt(start - 1))) start--;
  while (end < line.length && !isBreak(line.charAt(end))) end++;
  return { start: offset + start, end: offset + end };
}

function isBreak(character: string): boolean {
  return /[\s"'=;,]/.test(character);
}

/** The links that decide which PHP `php` on the command line is: https://manpages.debian.org/update-alternatives */
function alternatives({ root, text, from }: Scope): readonly Pointer[] {
  return ['php', 'php-fpm.sock'].flatMap((name): Pointer[] => {
    const path = `/etc/alternatives/${name}`;
    const target = root.resolve(path).path;
    if (target === path || !names(target, text)) return [];
    const source: Source = { path, file: root.display(path), text: target, encoding: 'utf8' };
    return [
      {
        area: 'alternatives',
        at: { source, start: 0, end: target.length },
        today: `the link leads to PHP ${from}`,
        line: text.rename(target),
        affects: [],
      },
    ];
  });
}
