import type { Root } from '../../load/root.ts';
import type { Span } from '../../syntax/source.ts';

/** Where policies keep the switches that an administrator set. https://www.man7.org/linux/man-pages/man8/setsebool.8.html */
const booleansFiles = [
  '/var/lib/selinux/targeted/active/booleans.local',
  '/etc/selinux/targeted/active/booleans.local',
] as const;

/**
 * The line of /etc/selinux/config that lets SELinux refuse connections of nginx; `undefined` where it does not, or where
 * `httpd_can_network_connect` was switched on. https://www.man7.org/linux/man-pages/man8/selinux_config.5.html
 */
export function confinedNetwork(root: Root): Span | undefined {
  const config = root.read('/etc/selinux/config');
  if (config.kind !== 'read') return undefined;
  const { source } = config;
  const line = /^[ \t]*SELINUX[ \t]*=[ \t]*enforcing[ \t]*$/m.exec(source.text);
  const isOpen = booleansFiles.some((path) => {
    const read = root.read(path);
    return (
      read.kind === 'read' && /^httpd_can_network_connect[ \t]*=[ \t]*(1|on|true)\b/m.test(read.source.text)
    );
  });
  return line && !isOpen ? { source, start: line.index, end: line.index + line[0].length } : undefined;
}

/**
 * Ports that web servers may connect to without a switch: `http_port_t` of the reference policy.
 * https://www.man7.org/linux/man-pages/man8/httpd_selinux.8.html
 */
export const openPorts: ReadonlySet<number> = new Set([80, 81, 443, 488, 8008, 8009, 8443, 9000]);
