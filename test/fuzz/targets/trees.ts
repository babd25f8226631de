import type { FileSystem } from '../../../src/load/file-system.ts';
import { type MemoryEntry, memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { loadNginx } from '../../../src/load/nginx.ts';
import { findMasters } from '../../../src/load/php.ts';
import { openRoot } from '../../../src/load/root.ts';
import { serviceNames, serviceSettings } from '../../../src/load/systemd-units.ts';
import { main } from '../../../src/main.ts';
import { fakeIo } from '../../cli/fake-io.ts';
import type { Corpus } from '../corpus.ts';
import { pieces } from '../pieces.ts';
import { mustBeReport } from '../report-text.ts';
import { type FuzzInput, must, type Target } from '../target.ts';
import { anyText, soup, withoutLoneSurrogates } from '../texts.ts';
import { hostInput, includeTree, linkTree } from '../trees.ts';

const base = '/srv/host';

/** A file system that is asked for nothing outside of the root, and never through a link. */
function guarded(files: FuzzInput['files'] = {}): FileSystem {
  const fs = memoryFileSystem({ [base]: { directory: true }, ...files });
  const within =
    <Answer>(ask: (path: string) => Answer) =>
    (path: string): Answer => {
      must(path === base || path.startsWith(`${base}/`), `it asks for ${path}`);
      must(!path.split('/').includes('..'), `it asks for ${path}`);
      return ask(path);
    };
  return {
    readFile: within(fs.readFile),
    readDirectory: within(fs.readDirectory),
    status: within(fs.status),
    readLink: within(fs.readLink),
  };
}

/** A path leads to one in normal form inside of the root, to which that one leads itself. */
export function pathResolver(): Target {
  return {
    name: 'path-resolver',
    share: 25,
    make: (random) => ({
      text: withoutLoneSurrogates(`/${soup(random, pieces.path, 12)}`),
      files: linkTree(random, base),
    }),
    check({ text, files }) {
      const root = openRoot(guarded(files), base, '/srv');
      const found = root.resolve(text);
      must(found.path.startsWith('/'), `${text} leads to ${found.path}`);
      if (found.kind === 'found') {
        must(
          !/\/(?:\.{0,2})(?:\/|$)/.test(found.path) || found.path === '/',
          `${found.path} is not in normal form`,
        );
        must(root.resolve(found.path).path === found.path, `${found.path} leads on`);
        must(found.status.kind !== 'symlink', `${found.path} is a link`);
      }
      const { paths } = root.glob(text);
      for (const path of paths) must(path.length > 0, 'a match without a name');
      must(JSON.stringify(root.glob(text).paths) === JSON.stringify(paths), 'two expansions differ');
      root.read(text);
    },
  };
}

/** Files that include each other are read to an end, each real file once. */
export function nginxLoader(corpus: Corpus): Target {
  return {
    name: 'nginx-loader',
    share: 8,
    make: (random) => ({ text: '', files: includeTree(random, corpus) }),
    check({ files }) {
      const root = openRoot(guarded(files), base, '/srv');
      const loaded = loadNginx(root, '/etc/nginx/nginx.conf');
      if ('kind' in loaded) return;
      const seen = new Set(loaded.files.map(({ parsed }) => parsed.source.file));
      must(seen.size === loaded.files.length, 'a file was read twice');
    },
  };
}

/** Units, with zero bytes and all else that may stand in them, name masters or none. */
export function systemdUnits({ ini }: Corpus): Target {
  return {
    name: 'systemd-units',
    share: 7,
    make: (random) => ({
      text: '',
      files: Object.fromEntries(
        [
          'php8.2-fpm.service',
          'php-a@.service',
          'app.service',
          'php8.2-fpm.service.d/x.conf',
          'multi-user.target.wants/php-a@b.service',
        ].flatMap((name) =>
          random.once(3)
            ? []
            : [
                [
                  `${base}/etc/systemd/system/${name}`,
                  withoutLoneSurrogates(
                    `[Service]\n${random.once(2) ? 'ExecStart=php-fpm ' : ''}${anyText(random, ini, pieces.ini, 160)}`,
                  ),
                ],
              ],
        ),
      ),
    }),
    check({ files }) {
      const root = openRoot(guarded(files), base, '/srv');
      const { masters, unresolved } = findMasters(root);
      for (const { configPath } of masters) must(configPath.startsWith('/'), configPath);
      for (const { why } of unresolved) must(why !== '', 'no reason');
      for (const name of serviceNames(root)) serviceSettings(root, name);
    },
  };
}

/** The whole command ends, without a fault of its own, with a report that its readers can read, and again with the same. */
export function wholeCommand(corpus: Corpus): Target {
  return {
    name: 'command',
    share: 1,
    make: (random) => hostInput(random, corpus),
    async check({ files = {}, argv = [] }) {
      const first = await run(argv, files);
      must(first.code >= 0 && first.code <= 2, first.text);
      const format = argv[argv.indexOf('-f') + 1];
      mustBeReport(undefined, first.error, false);
      mustBeReport(argv.includes('-f') ? format : undefined, first.out, first.out !== '' && first.code < 2);
      const again = await run(argv, files);
      must(first.text === again.text, 'two runs differ');
    },
  };
}

async function run(argv: readonly string[], files: Readonly<Record<string, MemoryEntry>>) {
  const { io, stdout, stderr, written, replaced } = fakeIo({
    files: { '/srv/host': { directory: true }, ...files },
    // A diff that goes to a program is as it is, so that it can be applied.
    ...(argv.includes('--fix-dry-run') && { columns: 80 }),
    env: { NO_COLOR: '1' },
  });
  const code = await main(argv, io);
  const changes = [...replaced].map(([path, bytes]) => `${path} ${Buffer.from(bytes).toString('latin1')}`);
  const [out, error] = [stdout(), stderr()];
  return { code, out, error, text: [code, out, error, ...[...written].flat(), ...changes].join('\n') };
}
