import { sourceAt } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import type { Source } from '../../syntax/source.ts';
import { readUwsgiIni } from '../../syntax/uwsgi/uwsgi-ini.ts';
import { listenersOfOptions, uwsgiAppName } from './commands/families/uwsgi.ts';
import { type AppReading, declare, together } from './reading.ts';

/** Where the packages' services and emperors look for the files of apps. */
const patterns = ['/etc/uwsgi/apps-enabled/*.ini', '/etc/uwsgi/vassals/*.ini', '/etc/uwsgi.d/*.ini'] as const;

/** The apps that a host's uWSGI starts by itself. https://uwsgi-docs.readthedocs.io/en/latest/Emperor.html */
export function uwsgiApps(root: Root): AppReading {
  return together(
    patterns.flatMap((pattern) =>
      root.glob(pattern).paths.flatMap((path) => {
        const source = sourceAt(root, path);
        return source ? [uwsgiAppOf(source)] : [];
      }),
    ),
  );
}

/** The app of one file of uWSGI. */
export function uwsgiAppOf(source: Source): AppReading {
  const options = readUwsgiIni(source);
  if (options.length === 0) return { apps: [], unplaced: [], sources: [] };
  const find = (name: string): string | undefined => options.findLast((each) => each.name === name)?.text;
  const user = find('uid');
  const group = find('gid');
  const name = uwsgiAppName(source.path);
  const found = declare(listenersOfOptions(options, undefined), {
    name,
    declaredBy: `uWSGI's ${source.path}`,
    span: options[0]?.span,
    process: { ...(user !== undefined && { user }), ...(group !== undefined && { group }) },
  });
  return { ...found, sources: [source] };
}
