import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Names the text of the build: V8 itself compares no more than its length. Set by the build. */
declare const BUILD_ID: string;

/**
 * Runs a CommonJS file of a directory and keeps what V8 made of it in a file beside it, so that the next start need not
 * compile it again: that is half of what a small run takes. Who may write there may as well change the code itself, so
 * the cache adds no way in. Where the directory is not writable, or NODE_DISABLE_COMPILE_CACHE is set, there is none.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcachedata
 */
export function runCompiled(
  directory: string,
  name: string,
  { keeps, beforeKeeping }: { readonly keeps: boolean; readonly beforeKeeping: () => void },
): void {
  const file = join(directory, name);
  const cache = join(directory, `${BUILD_ID}-${process.version}-${process.arch}.cache`);
  const isEnabled = !process.env['NODE_DISABLE_COMPILE_CACHE'];
  const cachedData = isEnabled ? readIfThere(cache) : undefined;
  // The build writes ASCII inside a function of its own: neither decoding nor wrapping a megabyte comes for nothing.
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, directory);
  if (keeps && isEnabled && (!cachedData || script.cachedDataRejected)) {
    // At the end, when the functions that a run needs are compiled too.
    process.once('exit', () => {
      beforeKeeping();
      keep(cache, script.createCachedData(), directory);
    });
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // Most likely the first start; whatever it is, no502 runs without a cache as well.
    return undefined;
  }
}

function keep(cache: string, data: Buffer, directory: string): void {
  const half = `${cache}.${process.pid}`;
  try {
    writeFileSync(half, data, { flag: 'wx' });
    renameSync(half, cache);
    for (const old of readdirSync(directory)) {
      if (old.endsWith('.cache') && !old.startsWith(BUILD_ID)) rmSync(join(directory, old), { force: true });
    }
  } catch {
    // A directory that this user may not write to, a full disk: the next start compiles again.
    rmSync(half, { force: true });
  }
}
