import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container, Mount } from '../../network/plan.ts';
import { mountRoot, writeEntries } from '../root.ts';
import { realInside } from './inside.ts';
import { serveNames } from './names.ts';

/** What of a container's directories no image has to list. */
const DIRECTORIES = ['/dev', '/etc/ssl', '/proc', '/root', '/run', '/tmp', '/usr', '/var/lib', '/var/log'];

/** Makes the root of a container: /usr of the machine without /usr/local, the tree of its image, and what it mounts. */
export async function buildContainer(root: string, work: string, container: Container): Promise<void> {
  mountRoot(root, DIRECTORIES);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', join(root, 'usr/local')]);
  chmodSync(join(root, 'tmp'), 0o1777);
  writeEntries(root, container.entries);
  for (const mount of container.mounts) bind(root, work, mount);
  if (container.program?.kind === 'app') {
    borrow(root, process.execPath, 'usr/local/bin/node');
    borrow(root, process.argv[1] ?? '', 'usr/local/lib/lab/guest.mjs');
  }
  // Who shares the machine's network has no name server of its own.
  if (container.names.length > 0) await serveNames(container.names);
  writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '0');
}

function bind(root: string, work: string, { volume, from, to, readOnly }: Mount): void {
  const files = join(work, 'volumes', volume);
  const source = join(files, realInside(files, from));
  if (!existsSync(source)) mkdirSync(source, { recursive: true });
  const target = join(root, realInside(root, to));
  if (statSync(source).isDirectory()) mkdirSync(target, { recursive: true });
  else if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, '');
  }
  execFileSync('mount', ['--bind', ...(readOnly ? ['-o', 'ro'] : []), source, target]);
}

/** Node may lie anywhere on the machine; in a container it lies where its image has it, and the lab's own programs beside it. */
function borrow(root: string, file: string, path: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '', { mode: 0o755 });
  execFileSync('mount', ['--bind', file, target]);
}
