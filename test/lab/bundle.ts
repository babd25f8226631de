import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Builds the program that runs inside the namespaces and returns its path. Node 20 cannot run TypeScript itself. */
export async function bundleGuest(lab: string): Promise<string> {
  const outfile = join(lab, '../../node_modules/.cache/no502-lab/guest.mjs');
  mkdirSync(join(outfile, '..'), { recursive: true });
  const entry = join(lab, 'guest/main.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outfile;
}
