import { sourceAt } from './readable.ts';
import type { Root } from './root.ts';

/** The databases of installed packages that are text. */
const DPKG = '/var/lib/dpkg/status';
const APK = '/lib/apk/db/installed';

/**
 * The version of nginx that the packages of a host say is installed: `1.22.1`. Only for an nginx whose configuration is
 * the package's own; one that somebody built keeps its files elsewhere.
 * https://man7.org/linux/man-pages/man1/dpkg-query.1.html, https://wiki.alpinelinux.org/wiki/Apk_spec
 */
export function packagedNginxVersion(root: Root, mainPath: string): string | undefined {
  if (!mainPath.startsWith('/etc/nginx/')) return undefined;
  return dpkgVersion(textOf(root, DPKG)) ?? apkVersion(textOf(root, APK));
}

function textOf(root: Root, path: string): string {
  return sourceAt(root, path)?.text ?? '';
}

/** Debian splits nginx into several packages of one version; removed ones stay in the list. */
function dpkgVersion(text: string): string | undefined {
  for (const name of ['nginx', 'nginx-core', 'nginx-full', 'nginx-light', 'nginx-extras', 'nginx-common']) {
    const fields = paragraphOf(text, `Package: ${name}\n`);
    if (!fields?.includes('\nStatus: install ok installed\n')) continue;
    return upstreamVersion(/^Version: (?:\d+:)?(\S+)$/m.exec(fields)?.[1]);
  }
  return undefined;
}

function apkVersion(text: string): string | undefined {
  return upstreamVersion(/^V:(\S+)$/m.exec(paragraphOf(text, 'P:nginx\n') ?? '')?.[1]);
}

/** The lines up to the next empty one, of the paragraph that has this line. */
function paragraphOf(text: string, line: string): string | undefined {
  const at = text.startsWith(line) ? 0 : text.indexOf(`\n${line}`);
  if (at === -1) return undefined;
  const end = text.indexOf('\n\n', at);
  return text.slice(at, end === -1 ? text.length : end + 1);
}

/** `1.22.1` of `1.22.1-9+deb12u3`, `1.26.2-1~bookworm` and `1.24.0-r16`. */
function upstreamVersion(version: string | undefined): string | undefined {
  return /^\d+\.\d+\.\d+/.exec(version ?? '')?.[0];
}
