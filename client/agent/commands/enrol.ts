import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { createBeckonClient } from '../../api/client.ts';
import { EnrolDevice, RegisterDevice } from '../../api/operations/devices.ts';
import { unwrap } from '../../api/results.ts';
import type { AgentWords } from '../catalogue/catalogue.ts';
import { clientOf, DEFAULT_SERVER, type GlobalOptions, registered, serverAddress } from '../context.ts';
import { describeMachine, type Machine, machineName, realMachine, simulatedMachine } from '../machine.ts';
import { UsageError } from '../problems.ts';
import { type AgentState, readState, writeState } from '../state-file.ts';
import { paint } from '../terminal.ts';

interface Options {
  code?: string;
  name?: string;
  simulate?: Machine;
}

export function enrolCommand(program: Command, words: AgentWords): void {
  const { help, placeholders, commands } = words;
  program
    .command('enrol')
    .description(help.enrol.description)
    .option(`--code <${placeholders.code}>`, help.enrol.code)
    .option(`--name <${placeholders.name}>`, help.enrol.name)
    .option(`--simulate <${placeholders.what}>`, help.enrol.simulate, simulatedMachine)
    .addHelpText('after', help.enrol.examples)
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const known = readState(globals.state);
      if (known && (options.simulate || options.name)) {
        throw new UsageError(({ problems }) => problems.firstTimeOnly);
      }
      const state = known ? registered(globals) : await register(globals, options, words);
      if (options.code !== undefined) await enrol(state, options.code, words);
      else if (known) {
        console.log(commands.enrol.alreadyRegistered(state.server, paint('bold', grouped(state.address))));
      }
      if (!known) console.log(paint('dim', commands.enrol.next));
    });
}

async function register(globals: GlobalOptions, { name, simulate }: Options, words: AgentWords): Promise<AgentState> {
  const { language, commands } = words;
  const say = commands.enrol;
  const server = serverAddress(globals.server ?? DEFAULT_SERVER);
  const client = createBeckonClient({ url: server, language });
  const machine = simulate ?? realMachine();
  const input = { name: name ?? machineName(), ...machine, idempotencyKey: randomUUID() };
  const { credential, device } = unwrap((await client.mutate(RegisterDevice, { input })).registerDevice);
  client.close();
  const state: AgentState = {
    server,
    credential,
    deviceId: device.id,
    address: device.address,
    simulated: simulate ?? null,
    cursor: null,
  };
  writeState(globals.state, state);
  console.log(say.registered(server, paint('bold', input.name), describeMachine(machine)));
  if (simulate) console.log(paint('magenta', say.simulated(describeMachine(realMachine()))));
  console.log(say.yourId(paint(['bold', 'cyan'], device.addressGrouped)));
  console.log(paint('dim', say.credential(globals.state)));
  return state;
}

async function enrol(state: AgentState, code: string, words: AgentWords): Promise<void> {
  const client = clientOf(state, words);
  try {
    unwrap((await client.mutate(EnrolDevice, { input: { code, idempotencyKey: randomUUID() } })).enrolDevice);
    console.log(paint('green', words.commands.enrol.enrolled));
  } finally {
    client.close();
  }
}

/** `123456789` in groups of three. */
function grouped(address: string): string {
  return address.replace(/\B(?=(\d{3})+$)/g, ' ');
}
