import type { Edit, Fix } from '../engine/finding.ts';
import type { Pool } from '../model/fpm/pool.ts';
import { knownValue, type Setting, spanOf } from '../model/fpm/setting.ts';
import { atoi } from '../syntax/zend/value.ts';
import { insertLinesBelow, replace } from './lines.ts';

/**
 * The numbers of a dynamic pool, brought together as a set: `pm.max_children` stays, and the others move as little as they
 * can to `1 <= min_spare_servers <= start_servers <= max_spare_servers <= max_children`.
 */
export function spareServersFix(pool: Pool): Fix | undefined {
  const { minSpareServers, maxSpareServers, startServers } = pool;
  const children = knownValue(pool.maxChildren);
  const pm = spanOf(pool.pm);
  const [min, max] = [knownValue(minSpareServers), knownValue(maxSpareServers)];
  if (knownValue(pool.pm) !== 'dynamic' || !pm || startServers.kind === 'unknown') return undefined;
  if (children === undefined || children < 1 || min === undefined || max === undefined) return undefined;
  const least = Math.min(Math.max(min, 1), children);
  const most = Math.min(Math.max(max, least), children);

  const edits: Edit[] = [];
  const added: string[] = [];
  const title: string[] = [];
  const set = (name: string, from: number, to: number, setting: Setting<number>): void => {
    if (from === to) return;
    const span = spanOf(setting);
    title.push(`${name} = ${to}`);
    if (span) edits.push(replace(span, String(to)));
    else added.push(`${name} = ${to}`);
  };
  set('pm.min_spare_servers', min, least, minSpareServers);
  set('pm.max_spare_servers', max, most, maxSpareServers);
  // Where it is not set, or not positive, php-fpm takes the middle.
  const start = startServers.kind === 'given' ? atoi(startServers.text) : 0;
  if (start > 0) set('pm.start_servers', start, Math.min(Math.max(start, least), most), startServers);
  if (added.length > 0) edits.push(insertLinesBelow(pm.source, pm.start, added));
  return edits.length === 0 ? undefined : { safe: true, title: title.join(', '), edits };
}
