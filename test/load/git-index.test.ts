import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gitProcess } from '../../src/git-process.ts';
import { disk } from '../../src/load/disk.ts';
import type { RunGit } from '../../src/load/git.ts';
import { openGitIndex } from '../../src/load/git-index.ts';
import { type ScratchRepository, scratchRepository } from '../cli/scratch-repository.ts';

describe('the index of git', () => {
  let repository: ScratchRepository;
  beforeEach(() => {
    repository = scratchRepository();
  });
  afterEach(() => repository.remove());

  const open = (cwd = repository.directory, git: RunGit = gitProcess(cwd, process.env)) =>
    openGitIndex(git, { disk, cwd, scope: cwd });
  const at = (path: string): string => join(repository.directory, path);
  const textAt = (path: string): string => Buffer.from(open().fs.readFile(at(path))).toString();

  test('before the first commit holds what is staged, and nothing was there before', () => {
    repository.write('nginx/a.conf', 'a');
    repository.write('nginx/b.conf', 'b');
    repository.git('add', 'nginx/a.conf');
    const { fs, head, changed } = open();
    expect(changed).toEqual([at('nginx/a.conf')]);
    expect(fs.readDirectory(at('nginx'))).toEqual(['a.conf']);
    expect(() => head.status(at('nginx'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(head.readDirectory(repository.directory)).toEqual([]);
  });

  test('holds the text as it is staged, not as it is in the work tree', () => {
    repository.write('a.conf', 'staged\n');
    repository.git('add', '--all');
    repository.write('a.conf', 'not staged\n');
    expect(textAt('a.conf')).toBe('staged\n');
    expect(open().fs.status(at('a.conf'))).toMatchObject({ kind: 'file', mode: 0o644, size: 7 });
  });

  test('knows links, executables, submodules, large files and names that are not UTF-8', () => {
    const name = Buffer.from([...Buffer.from(`${repository.directory}/caf`), 0xe9]);
    symlinkSync('/etc/nginx/sites-available/shop', at('shop'));
    symlinkSync('x', name);
    repository.write('run', '#!/bin/sh\n');
    chmodSync(at('run'), 0o755);
    repository.write('large', 'x'.repeat(300 * 1024));
    mkdirSync(at('module'));
    repository.git('init', '--quiet', 'module');
    repository.git('-C', 'module', 'commit', '--quiet', '--allow-empty', '--message', 'x');
    repository.git('add', '--all');
    const { fs } = open();
    expect(fs.readLink(at('shop'))).toBe('/etc/nginx/sites-available/shop');
    expect(fs.readLink(at('caf\udce9'))).toBe('x');
    expect(fs.status(at('shop'))).toMatchObject({ kind: 'symlink' });
    expect(fs.status(at('run'))).toMatchObject({ kind: 'file', mode: 0o755 });
    expect(fs.status(at('large'))).toMatchObject({ size: 300 * 1024 });
    expect(fs.readFile(at('large'))).toHaveLength(300 * 1024);
    expect(fs.readDirectory(at('module'))).toEqual([]);
    expect(() => fs.readLink(at('run'))).toThrow(expect.objectContaining({ code: 'EINVAL' }));
    expect(() => fs.readFile(at('module'))).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    expect(() => fs.readDirectory(at('run'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
  });

  test('names what is added, changed, made a link and removed, also from a directory below', () => {
    for (const name of ['same', 'changed', 'removed', 'linked']) repository.write(`conf/${name}`, name);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'x');
    repository.write('conf/changed', 'anew');
    repository.write('added', 'x');
    repository.git('rm', '--quiet', 'conf/removed', 'conf/linked');
    symlinkSync('same', at('conf/linked'));
    repository.git('add', '--all');
    const { changed, head } = open(at('conf'));
    expect(changed).toEqual(['added', 'conf/changed', 'conf/linked', 'conf/removed'].map(at));
    expect(Buffer.from(head.readFile(at('conf/changed'))).toString()).toBe('changed');
  });

  describe('is read with few starts of git, however many files it has', () => {
    const opened = ['rev-parse --show-cdup HEAD^{tree}', 'ls-files --stage -z --full-name :/'];
    const fetched = ['cat-file --batch-check', 'cat-file --batch'];

    /** What git was called with until all of fifty files were read, and what they held. */
    function readAll(): { readonly calls: readonly string[]; readonly texts: readonly string[] } {
      const calls: string[] = [];
      const git = gitProcess(repository.directory, process.env);
      const { fs } = open(repository.directory, (args, input) => {
        calls.push(args.join(' '));
        return git(args, input);
      });
      const texts = names.map((name) => Buffer.from(fs.readFile(at(name))).toString());
      return { calls, texts };
    }
    const names = Array.from({ length: 50 }, (_, n) => `conf/${n}.conf`);
    const texts = names.map((name) => `# ${name}\n`);
    beforeEach(() => {
      for (const name of names) repository.write(name, `# ${name}\n`);
      repository.git('add', '--all');
    });

    test('none for what lies in the work tree as it is staged', () => {
      expect(readAll()).toEqual({ calls: opened, texts });
    });

    test('two for what is staged in part', () => {
      for (const name of names.slice(0, 9)) repository.write(name, 'not staged');
      expect(readAll()).toEqual({ calls: [...opened, ...fetched], texts });
    });

    test('four where the work tree has another form', () => {
      repository.git('commit', '--quiet', '--message', 'x');
      for (const name of names) repository.write(name, `# ${name}\r\n`);
      expect(readAll()).toEqual({
        calls: [...opened, 'ls-tree -r -z --full-tree HEAD', ...fetched, ...fetched],
        texts,
      });
    });
  });

  test('takes nothing from beyond a link that the work tree has in the place of a directory', () => {
    repository.write('conf/a.conf', 'a');
    repository.git('add', '--all');
    renameSync(at('conf'), at('elsewhere'));
    symlinkSync('elsewhere', at('conf'));
    const reads: string[] = [];
    const watched = {
      ...disk,
      readFile(path: string) {
        reads.push(path);
        return disk.readFile(path);
      },
    };
    const cwd = repository.directory;
    const { fs } = openGitIndex(gitProcess(cwd, process.env), { disk: watched, cwd, scope: cwd });
    expect(Buffer.from(fs.readFile(at('conf/a.conf'))).toString()).toBe('a');
    expect(reads).toEqual([]);
  });

  test('is read from a repository of another hash', () => {
    repository.git('init', '--quiet', '--object-format=sha256', 'other');
    repository.write('other/a.conf', 'staged');
    repository.write('other/b.conf', 'b');
    repository.git('-C', 'other', 'add', '--all');
    repository.write('other/a.conf', 'not staged');
    const { fs } = open(at('other'));
    expect(['a', 'b'].map((name) => Buffer.from(fs.readFile(at(`other/${name}.conf`))).toString())).toEqual([
      'staged',
      'b',
    ]);
  });

  test('is read without running what the repository names', () => {
    repository.write('.gitattributes', '* filter=x diff=x\n');
    repository.write('a.conf', 'a');
    repository.git('add', '--all');
    for (const key of [
      'core.fsmonitor',
      'filter.x.smudge',
      'filter.x.clean',
      'diff.x.textconv',
      'core.pager',
    ]) {
      repository.git('config', key, `touch ${at('ran')}; cat`);
    }
    repository.git('config', 'alias.ls-files', `!touch ${at('ran')}`);
    expect(textAt('a.conf')).toBe('a');
    expect(existsSync(at('ran'))).toBe(false);
  });

  test('needs a repository, and git', () => {
    expect(() => open('/')).toThrow('--staged needs a git repository with a work tree: not a git repository');
    const none = gitProcess(repository.directory, { PATH: '' });
    expect(() => open(repository.directory, none)).toThrow('--staged needs git: spawnSync git ENOENT');
  });
});
