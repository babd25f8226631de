import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HostRecord, NetworkObservation } from '../../network/observation.ts';
import type { HostPlan, NetworkPlan } from '../../network/plan.ts';
import type { RequestRecord } from '../../observation.ts';
import { sendWave, waves } from '../play.ts';
import { writeEntries } from '../root.ts';
import { visitAt } from '../visit.ts';
import { publish } from './publish.ts';
import { type Member, startMember } from './start-member.ts';
import { connectMachine, makeBridges, plug } from './wires.ts';

/**
 * Plays several hosts, each in namespaces of its own, on the machine that this process's namespaces are: the bridges, the
 * published ports and the visitors are here. All hosts are started at once, as `docker compose up` does without health checks.
 */
export async function playNetwork(work: string, plan: NetworkPlan): Promise<NetworkObservation> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', work]);
  for (const { name, entries } of plan.volumes) {
    mkdirSync(join(work, 'volumes', name), { recursive: true });
    writeEntries(join(work, 'volumes', name), entries);
  }
  connectMachine();
  makeBridges(plan.networks);
  const members = await startMembers(work, plan);
  await Promise.all([...members.values()].map((member) => member.ask({ kind: 'build' })));
  await publish(plan.published);
  const records = await Promise.all(
    [...members].map(async ([name, member]) => [name, await member.ask({ kind: 'boot' })] as const),
  );

  const newLines = async (): Promise<readonly string[]> =>
    (await Promise.all([...members.values()].map((member) => member.ask({ kind: 'lines' })))).flat();
  const requests: RequestRecord[] = [];
  for (const wave of waves(plan.requests)) {
    requests.push(...(await sendWave(wave, (request) => visitAt(request.address, request), newLines)));
  }
  const hosts: Record<string, HostRecord> = {};
  for (const [name, record] of records) {
    hosts[name] = { ...record, fpmRuntime: (await members.get(name)?.ask({ kind: 'end' })) ?? [] };
  }
  return { hosts, requests };
}

/** Starts the first process of each host, those that share the network of another after it. */
async function startMembers(work: string, plan: NetworkPlan): Promise<ReadonlyMap<string, Member>> {
  const members = new Map<string, Member>();
  let waiting = [...plan.hosts];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ link }) => link.kind !== 'of' || members.has(link.host));
    if (ready.length === 0) throw new Error(`no network for ${waiting.map(({ name }) => name).join(', ')}`);
    const started = await Promise.all(ready.map((host) => startMember(work, host, processOf(host, members))));
    for (const [at, host] of ready.entries()) {
      const member = started[at];
      if (!member) continue;
      members.set(host.name, member);
      if (host.link.kind === 'own') plug(plan, host.link.interfaces, members.size, member.process);
    }
    waiting = waiting.filter((host) => !ready.includes(host));
  }
  return members;
}

/** The process whose network a host shares; undefined where it has its own. */
function processOf({ link }: HostPlan, members: ReadonlyMap<string, Member>): number | undefined {
  switch (link.kind) {
    case 'own':
      return undefined;
    case 'machine':
      return process.pid;
    case 'of':
      return members.get(link.host)?.process;
    default:
      return link satisfies never;
  }
}
