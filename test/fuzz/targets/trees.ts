import { loadNginx } from '../../../src/load/nginx.ts';
import { findMasters } from '../../../src/load/php.ts';
import { openRoot } from '../../../src/load/root.ts';
import { serviceNames, serviceSettings } from '../../../src/load/systemd-units.ts';
import type { Corpus } from '../corpus.ts';
import { base, guarded } from '../guarded.ts';
import { pieces } from '../pieces.ts';
import { must, type Target } from '../target.ts';
import { anyText, soup, withoutLoneSurrogates } from '../texts.ts';
import { includeTree, linkTree } from '../trees.ts';

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
