const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/**
 * An amount of memory as people write it, in bytes: `4G`, `512M`, `1.5GiB`, `4096`. Units count by 1024 and ignore
 * case. `undefined` where it is none, or nothing.
 */
export function parseMemorySize(text: string): number | undefined {
  const parts = /^(\d{1,15}(?:\.\d{1,9})?)([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  const [, number = '', unit = ''] = parts ?? [];
  const bytes = Math.floor(Number(number) * (units[unit.toLowerCase()] ?? 1));
  return parts && bytes > 0 ? bytes : undefined;
}
