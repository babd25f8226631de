import { main } from '../../../src/main.ts';
import { fakeIo } from '../../cli/fake-io.ts';
import { memoryEntries } from '../judge.ts';
import type { Tree } from '../plan.ts';
import type { Said } from '../score.ts';

/** The directory that plays the checked-out repository. */
const REPOSITORY = '/shop';

/** What the command says of a repository when a person runs it at its top. */
export async function judgeRepository(repository: Tree): Promise<readonly Said[]> {
  const world = fakeIo({
    files: { [REPOSITORY]: { directory: true }, ...memoryEntries(REPOSITORY, repository) },
  });
  const paths = repository.has('/no502.yaml') ? [] : ['.'];
  const code = await main([...paths, '--format', 'json'], { ...world.io, cwd: REPOSITORY });
  if (code > 1) throw new Error(`no502 ended with ${code}: ${world.stderr()}`);
  return JSON.parse(world.stdout()).findings;
}
