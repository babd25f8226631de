import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { HostLink, Interface, NetworkPlan, NetworkSegment } from '../../network/plan.ts';

/** The address of the machine that `host-gateway` means. */
const MACHINE_ADDRESS = '172.17.0.1/16';

/** Lets `ip` do several things at once, each the words that it takes, on this machine or in the network of a process. */
function ip(commands: readonly string[], process?: number): void {
  const [command = '', ...args] = [
    ...(process === undefined ? [] : ['nsenter', `--net=/proc/${process}/ns/net`]),
    ...['ip', '-batch', '-'],
  ];
  execFileSync(command, args, { input: `${commands.join('\n')}\n` });
}

/** Gives the machine its loopback and an address, and keeps it from joining the networks that it carries. */
export function connectMachine(): void {
  ip([
    'link set lo up',
    'link add docker0 type bridge',
    `addr add ${MACHINE_ADDRESS} dev docker0`,
    'link set docker0 up',
  ]);
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '0');
}

/** One bridge a network. */
export function makeBridges(networks: readonly NetworkSegment[]): void {
  ip(
    networks.flatMap(({ gateway, prefix }, at) => [
      `link add br${at} type bridge`,
      `addr add ${gateway}/${prefix === 0 ? 32 : prefix} dev br${at}`,
      `link set br${at} up`,
      ...(prefix === 0 ? everywhere(`br${at}`) : []),
    ]),
  );
}

/** Connects the network of a process to the bridges. `number` tells its wires from those of other hosts. */
export function plug(
  { networks }: NetworkPlan,
  interfaces: readonly Interface[],
  number: number,
  process: number,
): void {
  const outside: string[] = [];
  const inside = ['link set lo up'];
  for (const [at, { network, addresses }] of interfaces.entries()) {
    const bridge = networks.findIndex(({ name }) => name === network);
    const segment = networks[bridge];
    if (!segment) throw new Error(`there is no network ${network}`);
    const [outer, inner] = [`v${number}x${at}`, `eth${at}`];
    outside.push(
      `link add ${outer} type veth peer name ${inner} netns ${process}`,
      `link set ${outer} master br${bridge}`,
      `link set ${outer} up`,
    );
    for (const address of addresses) {
      const six = address.includes(':');
      const bits = segment.prefix === 0 ? (six ? 128 : 32) : segment.prefix;
      inside.push(`addr add ${address}/${bits} dev ${inner}${six ? ' nodad' : ''}`);
    }
    inside.push(`link set ${inner} up`);
    if (at > 0) continue;
    inside.push(...(segment.prefix > 0 ? [`route add default via ${segment.gateway}`] : everywhere(inner)));
  }
  if (outside.length > 0) ip(outside);
  ip(inside, process);
}

/** Takes the wires of this process's network away, as Docker does when a container ends: nobody has its addresses then. */
export function unplug(link: HostLink): void {
  if (link.kind === 'own') ip(link.interfaces.map((_, at) => `link delete eth${at}`));
}

/** Routes that look for every address on one device. */
function everywhere(device: string): readonly string[] {
  return ['0.0.0.0/0', '::/0'].map((all) => `route add ${all} dev ${device}`);
}
