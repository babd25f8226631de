import type { Corpus } from './corpus.ts';
import type { Target } from './target.ts';
import { composeCommand, hostsCommand, wholeCommand } from './targets/command.ts';
import { composeProject, composeWords, dockerfiles } from './targets/compose.ts';
import { fpmReader, phpIni, zendScanner } from './targets/ini.ts';
import { nginxLexer, nginxParser } from './targets/nginx.ts';
import { baselineFile, yamlSettings } from './targets/settings.ts';
import { globPattern, nginxDump, suppressions } from './targets/small.ts';
import { appStarters, javascriptExports, starterReaders } from './targets/starters.ts';
import { nginxLoader, pathResolver, systemdUnits } from './targets/trees.ts';

/** Every target. Their shares need not add up to anything. */
export function allTargets(corpus: Corpus): readonly Target[] {
  return [
    nginxLexer(corpus),
    nginxParser(corpus),
    zendScanner(corpus),
    fpmReader(corpus),
    phpIni(corpus),
    suppressions(corpus),
    nginxDump(corpus),
    globPattern(),
    pathResolver(),
    nginxLoader(corpus),
    systemdUnits(corpus),
    composeWords(corpus),
    dockerfiles(corpus),
    composeProject(corpus),
    javascriptExports(corpus),
    starterReaders(corpus),
    appStarters(corpus),
    baselineFile(),
    yamlSettings(corpus),
    wholeCommand(corpus),
    composeCommand(corpus),
    hostsCommand(corpus),
  ];
}
