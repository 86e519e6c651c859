import type { AgentWords } from './catalogue/catalogue.ts';
import { UsageError } from './problems.ts';
import { messageOf } from './spoken-error.ts';
import { readCommand } from './typed-commands.ts';

/** What a rule of a script waits for. */
const TRIGGERS = ['invitation', 'request', 'permission-request', 'session', 'hosting', 'visiting'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** A rule of `--act`: after some time, one of the commands is typed. */
export interface ScriptRule {
  /** Null: again and again, every so often. */
  readonly on: Trigger | null;
  /** Seconds: anything between. */
  readonly from: number;
  readonly to: number;
  /** One of them is taken at random. */
  readonly commands: readonly string[];
}

export const scriptHelp = ({ runHelp }: AgentWords): string => runHelp.script(TRIGGERS.join(', '));

const EVERY = /^every\s+([\d.]+)(?:-([\d.]+))?\s*(s|m)\s+(.+)$/i;
const ON = /^on\s+([a-z-]+)\s+after\s+([\d.]+)(?:-([\d.]+))?\s*(s|m)\s+(.+)$/i;

/** Reads a script. @throws UsageError naming the line that is wrong. */
export function readScript(text: string): ScriptRule[] {
  return text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readRule);
}

function readRule(line: string): ScriptRule {
  const every = EVERY.exec(line);
  if (every) return { on: null, ...times(every[1], every[2], every[3]), commands: commandsIn(every[4] ?? '', line) };
  const on = ON.exec(line);
  if (!on) throw new UsageError((words) => words.problems.noRule(line, scriptHelp(words)));
  const trigger = TRIGGERS.find((known) => known === on[1]?.toLowerCase());
  if (!trigger) throw new UsageError(({ problems }) => problems.noTrigger(on[1] ?? '', TRIGGERS.join(', ')));
  return { on: trigger, ...times(on[2], on[3], on[4]), commands: commandsIn(on[5] ?? '', line) };
}

function times(
  from: string | undefined,
  to: string | undefined,
  unit: string | undefined,
): { from: number; to: number } {
  const factor = unit?.toLowerCase() === 'm' ? 60 : 1;
  const least = Number(from) * factor;
  return { from: least, to: Math.max(least, Number(to ?? from) * factor) };
}

function commandsIn(text: string, line: string): string[] {
  const commands = text
    .split('|')
    .map((command) => command.trim())
    .filter((command) => command !== '');
  for (const command of commands) {
    try {
      readCommand(command);
    } catch (error) {
      throw new UsageError((words) => words.problems.inRule(line, messageOf(error, words)));
    }
  }
  if (commands.length === 0) throw new UsageError(({ problems }) => problems.emptyRule(line));
  return commands;
}

/** Seconds to wait, and the command to type then. */
export function draw(rule: ScriptRule, random: () => number = Math.random): { seconds: number; command: string } {
  const seconds = rule.from + random() * (rule.to - rule.from);
  const at = Math.min(rule.commands.length - 1, Math.floor(random() * rule.commands.length));
  return { seconds, command: rule.commands[at] ?? '' };
}
