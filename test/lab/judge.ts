import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { lint } from '../../src/lint.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';
import type { Address } from '../../src/model/address.ts';
import type { App as LintApp } from '../../src/model/app.ts';
import type { LintInput } from './load.ts';
import type { App, Tree } from './plan.ts';

/** The directory that plays the root of the lab's hosts, so that nothing of this machine can be meant. */
const ROOT = '/host';

/** What the linter says about a host of the lab. */
export async function judge({ tree, apps }: LintInput): Promise<readonly Finding[]> {
  const report = await lint({
    fs: memoryFileSystem(inMemory(tree)),
    cwd: '/',
    paths: [],
    root: ROOT,
    exclude: [],
    options: { apps: apps.flatMap((app) => declaration(app) ?? []) },
    rules,
  });
  return report.findings;
}

function inMemory(tree: Tree): Readonly<Record<string, MemoryEntry>> {
  const file = tree.get('/etc/passwd');
  const groupFile = tree.get('/etc/group');
  const users = file?.kind === 'file' ? numbersByName(file.text) : new Map<string, number>();
  const groups = groupFile?.kind === 'file' ? numbersByName(groupFile.text) : new Map<string, number>();
  const numberOf = (numbers: ReadonlyMap<string, number>, name: string): number =>
    numbers.get(name) ?? (/^\d+$/.test(name) ? Number(name) : 0);
  const entries: Record<string, MemoryEntry> = {};
  for (const [path, entry] of tree) {
    if (entry.kind === 'symlink') {
      entries[`${ROOT}${path}`] = { link: entry.target };
      continue;
    }
    const [user = '', group = user] = entry.owner.split(':');
    const ownership = { mode: entry.mode, uid: numberOf(users, user), gid: numberOf(groups, group) };
    entries[`${ROOT}${path}`] =
      entry.kind === 'directory' ? { directory: true, ...ownership } : { content: entry.text, ...ownership };
  }
  return entries;
}

/** `name:x:NUMBER:` of /etc/passwd and /etc/group alike. */
export function numbersByName(text: string): ReadonlyMap<string, number> {
  return new Map(text.split('\n').map((line) => [line.split(':')[0] ?? '', Number(line.split(':')[2] ?? '0')]));
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
  return { kind: 'tcp', host: host === '*' ? '0.0.0.0' : host, port: Number(text.slice(colon + 1)) };
}
