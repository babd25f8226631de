import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const about = spawnSync('nginx', ['-V'], { encoding: 'utf8' });

/** The version of the nginx of this machine; undefined where there is none. */
export const nginxVersion: string | undefined = /nginx\/(\d+\.\d+\.\d+)/.exec(about.stderr ?? '')?.[1];

/** For titles of what is left out without it. */
export const withoutNginx = 'left out: nginx is not installed';

/** The directory of nginx's dynamic modules. */
export const modulesPath: string = /--modules-path=(\S+)/.exec(about.stderr ?? '')?.[1] ?? '';

/** One line nginx wrote. */
export interface Remark {
  readonly level: string;
  /** Without the place, where it names one. */
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** A directory with configurations for the real nginx. */
export interface Workbench {
  readonly directory: string;
  write(name: string, text: string | Uint8Array): string;
  /** What `nginx -t` writes about a main configuration. */
  test(main: string): readonly Remark[];
  close(): void;
}

/** The last directive of a configuration: nginx gets there only where it took all before, and opens no socket. */
export const SENTINEL = 'no502_end_of_test;';

/** True where nginx took everything before the sentinel. */
export function isSentinel(remark: Remark | undefined): boolean {
  return remark?.message === 'unknown directive "no502_end_of_test"';
}

/** The first thing nginx refused, or undefined where it got to the sentinel. */
export function refusalIn(remarks: readonly Remark[]): Remark | undefined {
  const first = remarks.find((remark) => remark.level === 'emerg');
  return isSentinel(first) ? undefined : first;
}

export function openWorkbench(): Workbench {
  const directory = mkdtempSync(join(tmpdir(), 'no502-nginx-'));
  const write = (name: string, text: string | Uint8Array): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    directory,
    write,
    test(main) {
      const file = write('nginx.conf', main);
      const run = spawnSync('nginx', ['-t', '-e', 'stderr', '-p', directory, '-c', file], {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      });
      // A message may span lines, so the beginnings of messages are what separates them.
      return run.stderr
        .split(/^(?=\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[)/m)
        .map(remarkOf)
        .filter((remark) => remark !== undefined);
    },
    close() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function remarkOf(text: string): Remark | undefined {
  const head = /^\S+ \S+ \[(\w+)\] \d+#\d+: /.exec(text);
  if (!head) return undefined;
  const level = head[1] ?? '';
  // After the last remark, nginx sums up without a time.
  const body = text
    .slice(head[0].length)
    .replace(/\nnginx: [^\n]*\n$/, '\n')
    .replace(/\n$/, '');
  const place = / in (\/\S+):(\d+)$/.exec(body);
  if (!place) return { level, message: body };
  return { level, message: body.slice(0, place.index), file: place[1] ?? '', line: Number(place[2]) };
}
