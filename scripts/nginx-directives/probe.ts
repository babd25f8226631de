import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How nginx reads the only argument of a directive, found out by what it says to wrong ones. */
export type Slot = 'flag' | 'size' | 'offset' | 'msec' | 'sec' | 'number' | 'choice';

/** What the nginx of this machine does with one directive in one context. */
export interface Probed {
  readonly known: boolean;
  readonly slot?: Slot;
  /** True where nginx refuses the directive when it is stated twice; undefined where no valid arguments were found. */
  readonly refusesTwice?: boolean;
}

const SENTINEL = 'no502_end_of_probe';

/** What stands around a directive, by context as the facts name it. `%` is its place. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  main: '%',
  events: 'events { % }',
  http: 'http { % }',
  'http/server': 'http { server { % } }',
  'http/location': 'http { server { location /probe { % } } }',
  'http/server/if': 'http { server { if ($host) { % } } }',
  'http/location/if': 'http { server { location /probe { if ($host) { % } } } }',
  'http/location/limit_except': 'http { server { location /probe { limit_except GET { % } } } }',
  'http/upstream': 'http { upstream probe { server 127.0.0.1; % } }',
  stream: 'stream { % }',
  'stream/server': 'stream { server { % } }',
  'stream/upstream': 'stream { upstream probe { server 127.0.0.1:1; % } }',
};

/** Arguments to try until nginx accepts some. */
// biome-ignore format: a plain list
const COMMON_SAMPLES = [
  'on', 'off', '1', '8k', '8 8k', '30s', '/dev/null', '$host', 'probe', '"$host $uri"', 'probe 1', 'probe $uri',
  '127.0.0.1', '127.0.0.1:1', 'http://127.0.0.1:1', '127.0.0.1/32 1', 'GET', '1 1', '200', '404 /x', '/a /b',
  '$http_x zone=z:32k', '$http_x zone=z:32k rate=1r/s', '/tmp/probe keys_zone=z:32k', '503', 'user:rw', 'root',
  'epoll', '', 'probe threads=2', 'X-Accel-Expires', '"^(.+)(/.+)$"',
] as const;

/** A way to ask the nginx of this machine about single directives. */
export interface Nginx {
  readonly version: string;
  /** What nginx says to directives in a context: undefined where it accepts them. */
  ask(context: string, directives: string): string | undefined;
  close(): void;
}

/** Opens the installed nginx with all dynamic modules it has; undefined where there is none. */
export function openNginx(): Nginx | undefined {
  const about = spawnSync('nginx', ['-V'], { encoding: 'utf8' });
  const version = /nginx\/(\d+\.\d+\.\d+)/.exec(about.stderr ?? '')?.[1];
  if (version === undefined) return undefined;
  const modules = /--modules-path=(\S+)/.exec(about.stderr)?.[1] ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'nginx-probe-'));
  const file = join(directory, 'nginx.conf');
  const stream = `load_module ${modules}/ngx_stream_module.so;\n`;
  return {
    version,
    ask(context, directives) {
      const around = SURROUNDINGS[context];
      if (around === undefined) throw new Error(`no surroundings for ${context}`);
      const load = context.startsWith('stream') ? stream : '';
      const inside = `\n${directives}\n${SENTINEL};\n`;
      const place = around.indexOf('%');
      writeFileSync(file, `${load}${around.slice(0, place)}${inside}${around.slice(place + 1)}\n`);
      const run = spawnSync('nginx', ['-t', '-e', 'stderr', '-p', directory, '-c', file], {
        encoding: 'utf8',
      });
      const said = /\[emerg\] \d+#\d+: (.*)/.exec(run.stderr)?.[1] ?? '';
      return said.includes(SENTINEL) ? undefined : said.replace(/ in \S+:\d+$/, '');
    },
    close() {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Finds out how nginx treats a directive in a context; `literals` are words its documentation knows. */
export function probe(nginx: Nginx, context: string, name: string, literals: readonly string[]): Probed {
  const garbage = nginx.ask(context, `${name} "no502?";`);
  if (garbage?.startsWith('unknown directive') || garbage?.endsWith('is not allowed here'))
    return { known: false };
  const slot = slotOf(nginx, context, name, garbage);
  const samples: string[] = [];
  // Some functions take a zero for nothing stated yet.
  for (const sample of ['0', ...literals, ...COMMON_SAMPLES]) {
    if (samples.length === 3) break;
    if (nginx.ask(context, `${name} ${sample};`) === undefined) samples.push(sample);
  }
  const answers = samples.flatMap((first) =>
    samples.map((second) => twice(nginx, context, name, first, second)),
  );
  return {
    known: true,
    ...(slot === undefined ? {} : { slot }),
    ...(answers.length === 0 ? {} : { refusesTwice: answers.every((refused) => refused) }),
  };
}

function twice(nginx: Nginx, context: string, name: string, first: string, second: string): boolean {
  return nginx.ask(context, `${name} ${first};\n${name} ${second};`) === `"${name}" directive is duplicate`;
}

function slotOf(nginx: Nginx, context: string, name: string, garbage: string | undefined): Slot | undefined {
  if (garbage === undefined) return undefined;
  if (garbage.endsWith('it must be "on" or "off"')) return 'flag';
  if (garbage === 'invalid value "no502?"') return 'choice';
  if (garbage !== `"${name}" directive invalid value` && garbage !== `"${name}" directive invalid number`) {
    return undefined;
  }
  const accepted = ['8192', '8k', '8m', '8g', '8s', '8ms', '-1', 'off', 'auto', '$host']
    .filter((value) => nginx.ask(context, `${name} ${value};`) === undefined)
    .join(' ');
  if (garbage.endsWith('number')) return accepted === '8192' ? 'number' : undefined;
  switch (accepted) {
    case '8192 8k 8m':
      return 'size';
    case '8192 8k 8m 8g':
      return 'offset';
    case '8192 8m 8s 8ms':
      return 'msec';
    case '8192 8m 8s':
      return 'sec';
    default:
      return undefined;
  }
}
