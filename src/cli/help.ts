import { settingsTable } from "../config/settings-table.ts";
import { type Command, type CommandName, commands, commonFlags, type Flag } from "./commands.ts";
import { wrap } from "./text.ts";

/** The help of a command, or of them all. */
export function helpText(topic: CommandName | null, columns: number): string {
  const width = Math.min(columns, 100);
  const command = commands.find(({ name }) => name === topic);
  return `${(command ? commandHelp(command, width) : overview(width)).join("\n")}\n`;
}

/** The same as data, for --json. */
export function helpData(topic: CommandName | null): object {
  const shown = topic === null ? commands : commands.filter(({ name }) => name === topic);
  return { commands: shown, flags: commonFlags, settings: settingsTable };
}

function overview(width: number): string[] {
  return [
    "pilcrow: answers you can check, from your own documents.",
    "",
    "Usage: pilcrow <command> [flags]",
    "",
    "Commands",
    ...rows(
      commands.map((command) => [usage(command), command.summary]),
      width,
    ),
    "",
    "Settings (a flag goes before its variable)",
    ...rows(settingsTable.map(settingRow), width),
    "",
    "For every command",
    ...rows(commonFlags.map(flagRow), width),
    "",
    ...wrap(
      "Exit codes: 0 success, 1 failure, 2 wrong usage, 3 the question was not answered, 130 stopped by Ctrl-C.",
      width,
    ),
    ...wrap(
      "From the environment only: PILCROW_MODEL_API_KEY, the key of an endpoint; PILCROW_LLM_API_KEY, the key of the language model (else its provider's own variable); HF_ENDPOINT, a mirror of the hub, and HF_TOKEN.",
      width,
    ),
    ...wrap(
      "Errors are one line on standard error. PILCROW_DEBUG=1 adds where they happened; NO_COLOR=1 leaves out colours.",
      width,
    ),
  ];
}

function commandHelp(command: Command, width: number): string[] {
  const settings = settingsTable.filter(({ flag }) => command.settings.includes(flag));
  return [
    ...wrap(`${command.summary}.`, width),
    "",
    `Usage: pilcrow ${usage(command)} [flags]`,
    `For example: ${command.example}`,
    "",
    "Flags",
    ...rows([...command.flags, ...commonFlags].map(flagRow), width),
    ...(settings.length
      ? ["", "Settings (a flag goes before its variable)", ...rows(settings.map(settingRow), width)]
      : []),
  ];
}

function usage({ name, operands }: Command): string {
  return operands ? `${name} ${operands}` : name;
}

type Row = readonly [left: string, right: string];

function flagRow({ name, value, description }: Flag): Row {
  return [value === undefined ? `--${name}` : `--${name} ${value}`, description];
}

function settingRow(row: (typeof settingsTable)[number]): Row {
  return [`--${row.flag} ${row.value}`, `${row.description} Default: ${row.default}. ${row.variable}`];
}

function rows(pairs: readonly Row[], width: number): string[] {
  const column = Math.max(...pairs.map(([left]) => left.length)) + 4;
  return pairs.flatMap(([left, right]) =>
    wrap(right, Math.max(width - column, 30)).map((line, at) => (at ? "" : `  ${left}`).padEnd(column) + line),
  );
}
