import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintDeployment } from '../../src/lint.ts';
import type { FileSystem } from '../../src/load/file-system.ts';
import { graphOf } from '../../src/map/build-graph.ts';
import { mapFormatNames, mapFormats } from '../../src/map/formats.ts';
import { crossingHost } from './crossing-host.ts';
import { troubledHost } from './troubled-host.ts';

const sites = 48;

/** Lints the host, and draws its map in every way. */
async function run(fs: FileSystem) {
  const request = { fs, cwd: '/', paths: [], root: '/host', exclude: [], options: {}, rules };
  const { deployment, report } = await lintDeployment(request);
  const graph = graphOf(deployment, report.findings);
  return mapFormatNames.map((name) => mapFormats[name](graph, { colors: true, columns: 80 }));
}

/** Counts what is asked of a file system. */
function counting(fs: FileSystem): { readonly fs: FileSystem; readonly calls: () => number } {
  let calls = 0;
  const count =
    <Argument, Answer>(ask: (path: Argument) => Answer) =>
    (path: Argument): Answer => {
      calls++;
      return ask(path);
    };
  return {
    fs: {
      readFile: count(fs.readFile),
      readDirectory: count(fs.readDirectory),
      status: count(fs.status),
      readLink: count(fs.readLink),
    },
    calls: () => calls,
  };
}

/** How often V8 runs the busiest stretch of each function, by where the function stands. */
async function steps(session: Session, work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  await session.post('Profiler.takePreciseCoverage');
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const counts = new Map<string, number>();
  for (const { url, functions } of result) {
    const [, path] = /\/((?:src|rules)\/.*\.ts)/.exec(url) ?? [];
    if (path === undefined || path === 'src/load/memory-file-system.ts') continue;
    for (const { functionName, ranges } of functions) {
      const name = `${path} ${functionName}:${ranges[0]?.startOffset}`;
      counts.set(name, Math.max(counts.get(name) ?? 0, ...ranges.map(({ count }) => count)));
    }
  }
  return counts;
}

describe.each([
  ['sites with the same troubles', troubledHost],
  ['sites with maps, upstreams, snippets, masters and apps of their own', crossingHost],
])('twice the %s', (_, hostOf) => {
  it('take twice the calls to the disk', async () => {
    const [once, twice] = [counting(hostOf(sites)), counting(hostOf(2 * sites))];
    await run(once.fs);
    await run(twice.fs);
    expect(once.calls()).toBeGreaterThan(4 * sites);
    expect(twice.calls()).toBeLessThan(2 * once.calls() + 10);
  });

  // Loops inside of V8, as that of `includes` or of a copied array, are not among these steps.
  it('take twice the steps in every function', async () => {
    const [once, twice] = [hostOf(sites), hostOf(2 * sites)];
    const session = new Session();
    session.connect();
    // Optimized code does not count, and code that is thrown away takes its counts along.
    setFlagsFromString('--no-opt');
    setFlagsFromString('--no-flush-bytecode');
    try {
      await session.post('Profiler.enable');
      await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
      // What is compiled before counting begins is not counted, and what is worked out once is worked out here.
      await run(once);
      const few = await steps(session, () => run(once));
      const many = await steps(session, () => run(twice));
      expect(few.size).toBeGreaterThan(1000);
      const worse = [...many].flatMap(([name, count]) => {
        const before = few.get(name) ?? 0;
        return count > 2.5 * before + 100 ? [`${name}: ${before} steps, then ${count}`] : [];
      });
      expect(worse).toEqual([]);
    } finally {
      session.disconnect();
      setFlagsFromString('--opt');
      setFlagsFromString('--flush-bytecode');
    }
  });
});
