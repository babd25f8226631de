import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { lint } from '../../src/lint.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';
import type { App as LintApp } from '../../src/model/apps/app.ts';
import type { Address } from '../../src/model/links/address.ts';
import type { LintInput } from './load.ts';
import type { App, Tree, TreeEntry } from './plan.ts';

/** The directory that plays the root of the lab's hosts, so that nothing of this machine can be meant. */
const ROOT = '/host';

/** What the linter says about a host of the lab. */
export async function judge({ tree, apps, nginxVersion }: LintInput): Promise<readonly Finding[]> {
  const report = await lint({
    fs: memoryFileSystem(memoryEntries(ROOT, tree)),
    cwd: '/',
    paths: [],
    root: ROOT,
    exclude: [],
    options: {
      apps: apps.flatMap((app) => declaration(app) ?? []),
      ...(nginxVersion !== undefined && { nginxVersion }),
    },
    rules,
  });
  return report.findings;
}

/** A tree as entries of a file system in memory, below a directory. */
export function memoryEntries(directory: string, tree: Tree): Readonly<Record<string, MemoryEntry>> {
  return Object.fromEntries([...tree].map(([path, entry]) => [`${directory}${path}`, memoryEntry(entry)]));
}

function memoryEntry(entry: TreeEntry): MemoryEntry {
  if (entry.kind === 'symlink') return { link: entry.target };
  const [uid = 0, gid = 0] = entry.owner.split(':').map(Number);
  const ownership = { mode: entry.mode, uid, gid };
  return entry.kind === 'directory'
    ? { directory: true, ...ownership }
    : { content: entry.text, ...ownership };
}

/** An app as `--app` and no502.yaml declare it; programs that only accept have no protocol to declare. */
function declaration(app: App): LintApp | undefined {
  if (app.protocol === 'closing' || app.protocol === 'silent') return undefined;
  const protocol = app.protocol === 'h2c' ? 'grpc' : app.protocol;
  return { name: app.name, address: addressOf(app.address), protocol };
}

function addressOf(text: string): Address {
  if (text.startsWith('unix:')) return { kind: 'unix', path: text.slice(5) };
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon);
  return { kind: 'tcp', host: host.replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}
