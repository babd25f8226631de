import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Interface, NetworkPlan, NetworkSegment } from '../../network/plan.ts';

/** The address of the machine that `host-gateway` means. */
const MACHINE_ADDRESS = '172.17.0.1/16';

function ip(...words: readonly string[]): void {
  execFileSync('ip', words);
}

/** Gives the machine its loopback and an address, and keeps it from joining the networks that it carries. */
export function connectMachine(): void {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', 'docker0', 'type', 'bridge');
  ip('addr', 'add', MACHINE_ADDRESS, 'dev', 'docker0');
  ip('link', 'set', 'docker0', 'up');
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '0');
}

/** One bridge a network. */
export function makeBridges(networks: readonly NetworkSegment[]): void {
  networks.forEach(({ gateway, prefix }, at) => {
    const bridge = `br${at}`;
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('addr', 'add', `${gateway}/${prefix === 0 ? 32 : prefix}`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    if (prefix === 0) for (const family of ['-4', '-6']) ip(family, 'route', 'add', 'default', 'dev', bridge);
  });
}

/** Connects the network of a process to the bridges. `number` tells its wires from those of other hosts. */
export function plug(
  { networks }: NetworkPlan,
  interfaces: readonly Interface[],
  number: number,
  process: number,
): void {
  const inside = (...words: readonly string[]): void => {
    execFileSync('nsenter', [`--net=/proc/${process}/ns/net`, 'ip', ...words]);
  };
  inside('link', 'set', 'lo', 'up');
  for (const [at, { network, addresses }] of interfaces.entries()) {
    const bridge = networks.findIndex(({ name }) => name === network);
    const segment = networks[bridge];
    if (!segment) throw new Error(`there is no network ${network}`);
    const [outer, inner] = [`v${number}x${at}`, `eth${at}`];
    ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', inner, 'netns', String(process));
    ip('link', 'set', outer, 'master', `br${bridge}`);
    ip('link', 'set', outer, 'up');
    for (const address of addresses) {
      const six = address.includes(':');
      const bits = segment.prefix === 0 ? (six ? 128 : 32) : segment.prefix;
      inside('addr', 'add', `${address}/${bits}`, 'dev', inner, ...(six ? ['nodad'] : []));
    }
    inside('link', 'set', inner, 'up');
    if (at > 0) continue;
    if (segment.prefix > 0) inside('route', 'add', 'default', 'via', segment.gateway);
    else for (const family of ['-4', '-6']) inside(family, 'route', 'add', 'default', 'dev', inner);
  }
}
