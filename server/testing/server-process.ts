import { type ChildProcess, spawn } from 'node:child_process';
import { BUILT_SERVER } from './built-server.ts';
import { closeAfterTest } from './resources.ts';

export interface StartedServer {
  readonly url: string;
  readonly port: number;
  readonly server: ChildProcess;
  /** All that it has written so far. */
  readonly said: () => string;
}

/** Starts `npm start`'s server as a process of its own, and resolves with its address once it is ready. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<StartedServer> {
  const server = spawn(process.execPath, [BUILT_SERVER], {
    env: { PATH: process.env['PATH'], ...env, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closeAfterTest(() => {
    server.kill('SIGKILL');
  });
  let said = '';
  const port = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    server.once('exit', () => reject(new Error(`the server did not start: ${said}`)));
  });
  return { url: `http://127.0.0.1:${port}/graphql`, port: Number(port), server, said: () => said };
}
