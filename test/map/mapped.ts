import { main } from '../../src/main.ts';
import { type FakeWorld, fakeIo } from '../cli/fake-io.ts';
import { baseHost } from '../rules/base-host.ts';

/** What a run of `no502 map` leaves behind. */
export interface Mapped {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly written: ReadonlyMap<string, string>;
}

/** Runs `no502 map` in a world in memory, with its files below `/srv`. */
export async function runMap(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  world: Omit<FakeWorld, 'files'> = {},
): Promise<Mapped> {
  const entries = Object.entries(files).map(([path, text]) => [`/srv/${path}`, text]);
  const fake = fakeIo({ files: Object.fromEntries(entries), ...world });
  const code = await main(['map', ...args], fake.io);
  return { code, out: fake.stdout(), err: fake.stderr(), written: fake.written };
}

/** A small healthy host with these files in the place of its own, below `host`. */
export function hostWith(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries({ ...baseHost, ...files }).map(([path, text]) => [
    `host/${path}`,
    String(text),
  ]);
  return Object.fromEntries(entries);
}

/** A server whose lines are these. */
export function site(lines: string, name = 'shop.example.com'): string {
  return `server {\n    listen 80;\n    server_name ${name};\n    include fastcgi.conf;\n    ${lines}\n}\n`;
}

/** The map of a small host with one site, as the JSON has it. */
export async function mapOfSite(lines: string, more: Readonly<Record<string, string>> = {}) {
  const files = hostWith({ 'etc/nginx/sites-enabled/shop': site(lines), ...more });
  const { out } = await runMap(files, ['--root', 'host', '-f', 'json']);
  return JSON.parse(out);
}
