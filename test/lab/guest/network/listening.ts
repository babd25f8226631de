import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** True where a process of this namespace, other than this one, listens: on a port or on a unix socket. */
export function somebodyListens(): boolean {
  const listening = new Set([...portInodes('tcp'), ...portInodes('tcp6'), ...unixInodes()]);
  return readdirSync('/proc').some(
    (process) =>
      /^\d+$/.test(process) && process !== '1' && socketsOf(process).some((inode) => listening.has(inode)),
  );
}

/** Sockets in the state LISTEN. https://docs.kernel.org/networking/proc_net_tcp.html */
function portInodes(family: string): readonly string[] {
  const rows = readFileSync(`/proc/net/${family}`, 'utf8').trim().split('\n').slice(1);
  return rows.map((row) => row.trim().split(/\s+/)).flatMap((row) => (row[3] === '0A' ? [row[9] ?? ''] : []));
}

/** Sockets with the flag of those that accept, `__SO_ACCEPTCON`. */
function unixInodes(): readonly string[] {
  const rows = readFileSync('/proc/net/unix', 'utf8').trim().split('\n').slice(1);
  return rows
    .map((row) => row.trim().split(/\s+/))
    .flatMap((row) => (row[3] === '00010000' ? [row[6] ?? ''] : []));
}

/** A process may be gone between two looks. */
function socketsOf(process: string): readonly string[] {
  const directory = `/proc/${process}/fd`;
  try {
    return readdirSync(directory).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`${directory}/${fd}`))?.[1] ?? [],
    );
  } catch {
    return [];
  }
}
