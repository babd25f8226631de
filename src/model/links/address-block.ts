/**
 * The network of a literal address that no network routes because it is reserved for examples: `192.0.2.0/24`.
 * https://www.iana.org/assignments/iana-ipv4-special-registry and its like for IPv6
 */
export function documentationNetwork(host: string): string | undefined {
  if (/^192\.0\.2\.\d{1,3}$/.test(host)) return '192.0.2.0/24';
  if (/^198\.51\.100\.\d{1,3}$/.test(host)) return '198.51.100.0/24';
  if (/^203\.0\.113\.\d{1,3}$/.test(host)) return '203.0.113.0/24';
  if (/^2001:0?db8:/.test(host)) return '2001:db8::/32';
  return /^0?100::/.test(host) ? '100::/64' : undefined;
}
