import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { createBeckonClient } from '../../api/client.ts';
import { EnrolDevice, RegisterDevice } from '../../api/operations/devices.ts';
import { unwrap } from '../../api/results.ts';
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

export function enrolCommand(program: Command): void {
  program
    .command('enrol')
    .description('Make this machine known to a server, and put it under a company’s management with a code.')
    .option('--code <code>', 'an enrolment code that a member of the company made (XXXX-XXXX-…)')
    .option('--name <name>', 'what to call the device (default: the host name)')
    .option(
      '--simulate <what>',
      'register as another machine: platform=WINDOWS,version=7.1.0,kind=HOST (for demos and tests; it shows that it is simulated)',
      (text) => {
        try {
          return simulatedMachine(text);
        } catch (error) {
          throw new UsageError((error as Error).message);
        }
      },
    )
    .addHelpText(
      'after',
      `
Examples:
  $ npm run agent -- enrol
  $ npm run agent -- --server https://beckon.example.org enrol --code ABCD-EFGH-…
  $ npm run agent -- --state b.json enrol --simulate platform=WINDOWS,version=7.1.0
                                   a second, simulated device beside the first

Registering gives the device its public ID and its credential, which is kept in the
state file. With a code, now or later, the device becomes a managed device of the
company that the code is of.`,
    )
    .action(async (options: Options, command: Command) => {
      const globals = command.optsWithGlobals<GlobalOptions & Options>();
      const known = readState(globals.state);
      if (known && (options.simulate || options.name)) {
        throw new UsageError('This machine is registered already; --name and --simulate are for its first time.');
      }
      const state = known ? registered(globals) : await register(globals, options);
      if (options.code !== undefined) await enrol(state, options.code);
      else if (known) {
        console.log(`Registered already with ${state.server}. Your ID is ${paint('bold', grouped(state.address))}.`);
      }
      if (!known) console.log(paint('dim', 'Next: npm run agent -- run'));
    });
}

async function register(globals: GlobalOptions, { name, simulate }: Options): Promise<AgentState> {
  const server = serverAddress(globals.server ?? DEFAULT_SERVER);
  const client = createBeckonClient({ url: server });
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
  console.log(`Registered with ${server} as ${paint('bold', input.name)}: ${describeMachine(machine)}.`);
  if (simulate) console.log(paint('magenta', `Simulated: this machine really is ${describeMachine(realMachine())}.`));
  console.log(`Your ID is ${paint(['bold', 'cyan'], device.addressGrouped)}.`);
  console.log(paint('dim', `The credential is in ${globals.state}; only you can read it.`));
  return state;
}

async function enrol(state: AgentState, code: string): Promise<void> {
  const client = clientOf(state);
  try {
    unwrap((await client.mutate(EnrolDevice, { input: { code, idempotencyKey: randomUUID() } })).enrolDevice);
    console.log(paint('green', 'Enrolled: the company manages this device now.'));
  } finally {
    client.close();
  }
}

/** `123456789` in groups of three. */
function grouped(address: string): string {
  return address.replace(/\B(?=(\d{3})+$)/g, ' ');
}
