import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkObservation } from './network/observation.ts';
import type { NetworkPlan } from './network/plan.ts';
import type { Observation } from './observation.ts';
import type { Plan } from './plan.ts';

/** The first process of the lab's namespaces needs root; `--kill-child` ends them with it. */
const UNSHARE = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'];
/** No host may take longer, whatever its daemons do. */
const LIMIT_MS = 40_000;

/** The versions that the truth was recorded with, those of Debian 12: others word some lines differently. */
const RECORDED_WITH = [
  ['/usr/sbin/nginx', /nginx\/1\.22\./],
  ['/usr/sbin/php-fpm8.2', /^PHP 8\.2\./],
] as const;

/** Why the real servers cannot be run here, or undefined where they can. */
export function reasonNotToRun(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  for (const [program, version] of RECORDED_WITH) {
    if (!existsSync(program)) return `needs ${program}`;
    const { stdout, stderr } = spawnSync(program, ['-v'], { encoding: 'utf8' });
    if (!version.test(stdout + stderr))
      return `needs the versions of Debian 12, not ${(stdout + stderr).split('\n')[0]}`;
  }
  if (process.getuid?.() !== 0) return 'needs root';
  if (spawnSync('unshare', [...UNSHARE, 'true']).status !== 0) return 'needs namespaces of its own (unshare)';
  const bridge = ['ip', 'link', 'add', 'br0', 'type', 'bridge'];
  if (spawnSync('unshare', [...UNSHARE, ...bridge]).status !== 0)
    return 'needs bridges between them (ip, of iproute2)';
  return undefined;
}

/** Plays one host with the real servers in namespaces of its own. Rejects where the lab itself fails. */
export function run(plan: Plan, guest: string): Promise<Observation> {
  return inNamespaces(plan, guest, []);
}

/** Plays several hosts, each in namespaces of its own within those of the run. Rejects where the lab itself fails. */
export function runNetwork(plan: NetworkPlan, guest: string): Promise<NetworkObservation> {
  return inNamespaces(plan, guest, ['network']);
}

/** Starts the guest, which takes a plan and prints what it observed. */
function inNamespaces<Observed>(plan: object, guest: string, words: readonly string[]): Promise<Observed> {
  const root = mkdtempSync(join(tmpdir(), 'no502-lab-'));
  return new Promise<Observed>((resolve, reject) => {
    const child = spawn('unshare', [...UNSHARE, process.execPath, guest, ...words, root], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      rmdirSync(root);
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`the lab's guest ended with ${code ?? 'a signal'}: ${errors.trim()}`));
    });
    child.stdin.end(JSON.stringify(plan));
  });
}

/** Runs the jobs, so many at a time, and keeps their order. */
export async function inParallel<In, Out>(
  items: readonly In[],
  width: number,
  work: (item: In) => Promise<Out>,
): Promise<readonly Out[]> {
  const results = new Map<number, Out>();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) results.set(at, await work(item));
  };
  await Promise.all(Array.from({ length: width }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
