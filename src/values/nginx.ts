/**
 * nginx's times in milliseconds: `60`, `60s`, `1m30s`, `500ms`; `undefined` where nginx says "invalid value".
 * Units must fall from large to small and each stands once; a bare number is seconds and ends the value.
 * Source: ngx_parse_time in src/core/ngx_parse.c.
 */
export function parseNginxTimeMs(text: string): number | undefined {
  const units = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms'];
  const milliseconds = [31_536_000_000, 2_592_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
  let total = 0;
  let next = 0;
  let at = 0;
  if (text === '') return undefined;
  while (at < text.length) {
    const start = at;
    while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
    if (at === start) return undefined;
    const amount = Number(text.slice(start, at));
    if (at === text.length) return total + amount * 1000;
    const unit = text.startsWith('ms', at) ? 'ms' : text.charAt(at);
    const rank = units.indexOf(unit);
    if (rank < next) return undefined;
    total += amount * (milliseconds[rank] ?? 0);
    next = rank + 1;
    at += unit.length;
    while (text.charAt(at) === ' ') at++;
  }
  return total;
}

/** nginx's sizes in bytes: `8k`, `1m`, `4096`; `undefined` where nginx refuses. Source: ngx_parse_size. */
export function parseNginxSize(text: string): number | undefined {
  const match = /^(\d+)([kKmM]?)$/.exec(text);
  if (!match) return undefined;
  const factor = { '': 1, k: 1024, m: 1024 * 1024 }[match[2]?.toLowerCase() ?? ''] ?? 1;
  return Number(match[1]) * factor;
}

/** nginx's larger sizes in bytes, as `client_max_body_size` takes them: gigabytes too. Source: ngx_parse_offset. */
export function parseNginxOffset(text: string): number | undefined {
  const gigabytes = /^(\d+)[gG]$/.exec(text);
  return gigabytes ? Number(gigabytes[1]) * 2 ** 30 : parseNginxSize(text);
}
