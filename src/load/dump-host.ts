import { decode } from '../syntax/source.ts';
import { firstOf } from './first-of.ts';
import type { DiscoverRequest, GivenFile, HostInput } from './host-input.ts';
import { memoryFileSystem } from './memory-file-system.ts';
import type { NginxDump } from './nginx-dump.ts';
import { partialHosts } from './partial-host.ts';
import { openRoot } from './root.ts';

/**
 * The host that an `nginx -T` dump comes from, with the files given beside it: its pools. The dump's own files lie in memory
 * where nginx read them, whatever this machine has there.
 */
export function dumpHosts(
  request: DiscoverRequest,
  { main, files }: NginxDump,
  beside: readonly GivenFile[],
  overlays: readonly string[],
): readonly HostInput[] {
  const fs = firstOf(memoryFileSystem(Object.fromEntries(files)), request.fs);
  const { text } = decode(files.get(main) ?? new Uint8Array());
  const given: GivenFile = { path: main, kind: 'nginx-main', text, named: true, dump: [...files.keys()] };
  const withDump = { ...request, fs };
  return partialHosts(withDump, openRoot(fs, '/', request.cwd), [given, ...beside], overlays);
}
