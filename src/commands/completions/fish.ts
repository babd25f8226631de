import type { Rule } from '../../engine/rule.ts';
import { ruleLevels } from '../../engine/severity.ts';
import { completionShells } from '../descriptions/completion.ts';
import { commandDescriptions } from '../descriptions.ts';
import type { CommandDescription, Option } from '../option.ts';
import { optionsOf, valueKindOf } from './options.ts';

/** For `source`, and as a file in ~/.config/fish/completions. https://fishshell.com/docs/current/completions.html */
export function fishCompletion(rules: readonly Rule[]): string {
  return `# Completion of no502. For the shell that runs: no502 completion fish | source

function __no502_command
    for word in (commandline --tokenize --cut-at-cursor --current-process)[2..]
        if contains -- $word ${commandDescriptions.map(({ name }) => name).join(' ')}
            echo $word
            return
        end
    end
    echo check
end

function __no502_is_first
    test (count (commandline --tokenize --cut-at-cursor --current-process)) -eq 1
end

function __no502_rules
    printf '%s\\t%s\\n' ${rules.map(({ id, title }) => `${id} ${quoted(title)}`).join(' \\\n        ')}
end

function __no502_levels
    set --local id (string match --regex '^(?:--rule=)?([^=]*)=' -- (commandline --current-token))[2]
    if test -n "$id"
        printf '%s\\n' $id={${ruleLevels.join(',')}}
    else
        __no502_rules | string replace --regex '\\t' '=\\t'
    end
end

${commandDescriptions.map(({ name, title }) => `complete --command no502 --condition '__no502_is_first' --arguments ${name} --description ${quoted(title)}`).join('\n')}
${commandDescriptions.flatMap(linesOf).join('\n')}
`;
}

function linesOf(command: CommandDescription): readonly string[] {
  const condition = `--condition 'test (__no502_command) = ${command.name}'`;
  const positionals = {
    explain: "--no-files --arguments '(__no502_rules)'",
    completion: `--no-files --arguments '${completionShells.join(' ')}'`,
    rules: '--no-files',
    upgrade: '--no-files',
    init: '--no-files',
  };
  const known = Object.entries(positionals).find(([name]) => name === command.name);
  return [
    ...(known ? [`complete --command no502 ${condition} ${known[1]}`] : []),
    ...optionsOf(command).map((option) => `complete --command no502 ${condition} ${optionText(option)}`),
  ];
}

function optionText(option: Option): string {
  const { name, alias, description } = option;
  return [
    `--long-option ${name}`,
    ...(alias === undefined ? [] : [`--short-option ${alias}`]),
    ...valueText(option),
    `--description ${quoted(description)}`,
  ].join(' ');
}

function valueText(option: Option): readonly string[] {
  switch (valueKindOf(option)) {
    case 'words':
      return [`--exclusive --arguments '${(option.values ?? []).join(' ')}'`];
    case 'level':
      return ["--exclusive --arguments '(__no502_levels)'"];
    case 'directory':
      return ["--exclusive --arguments '(__fish_complete_directories)'"];
    case 'file':
      return ['--require-parameter --force-files'];
    case 'free':
      return ['--exclusive'];
    default:
      return [];
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
