import type { MemoryEntry } from '../../../src/load/memory-file-system.ts';
import { main } from '../../../src/main.ts';
import { fakeIo } from '../../cli/fake-io.ts';
import type { Corpus } from '../corpus.ts';
import { hostsInput } from '../hosts.ts';
import { projectInput } from '../projects.ts';
import type { Random } from '../random.ts';
import { mustBeReport } from '../report-text.ts';
import { type FuzzInput, must, type Target } from '../target.ts';
import { hostInput } from '../trees.ts';

/** A host of which some files are broken. */
export function wholeCommand(corpus: Corpus): Target {
  return commandTarget('command', (random) => hostInput(random, corpus));
}

/** A compose project, mostly with several odd files. */
export function composeCommand(corpus: Corpus): Target {
  return commandTarget('compose-command', (random) => projectInput(random, corpus));
}

/** Several hosts that a no502.yaml names, and a baseline. */
export function hostsCommand(corpus: Corpus): Target {
  return commandTarget('hosts-command', (random) => hostsInput(random, corpus));
}

/** The whole command ends, without a fault of its own, with a report that its readers can read, and again with the same. */
function commandTarget(name: string, make: (random: Random) => FuzzInput): Target {
  return {
    name,
    share: 1,
    make,
    async check({ files = {}, argv = [] }) {
      const first = await run(argv, files);
      must(first.code >= 0 && first.code <= 2, first.text);
      const format = argv[argv.indexOf('-f') + 1];
      mustBeReport(undefined, first.error, false);
      mustBeReport(argv.includes('-f') ? format : undefined, first.out, first.out !== '' && first.code < 2);
      const again = await run(argv, files);
      must(first.text === again.text, 'two runs differ');
      const baseline = first.code < 2 && first.written.get('/srv/base.json');
      if (baseline === undefined || baseline === false) return;
      const rest = argv.filter((word) => word !== '--update-baseline');
      const accepted = await run(rest, { ...files, '/srv/base.json': baseline });
      must(accepted.code === 0, `what a baseline accepts is reported again: ${accepted.text}`);
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
  return {
    code,
    out,
    error,
    written,
    text: [code, out, error, ...[...written].flat(), ...changes].join('\n'),
  };
}
