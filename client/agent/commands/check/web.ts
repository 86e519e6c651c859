import type { Command } from 'commander';
import { UsageError } from '../../problems.ts';
import { checkAddress, type WebCheck } from '../../services/web/check.ts';
import { certificateFinding, judgeWeb, startWatching } from '../../services/web/judge.ts';
import { numberFrom, sayDecision } from './output.ts';

interface Options {
  readonly status: number;
  readonly text: string;
  readonly timeout: number;
  readonly certificateDays: number;
}

export function webCheck(check: Command): void {
  check
    .command('web')
    .argument('<url...>', 'addresses that begin with http:// or https://')
    .description('Ask addresses once: answer, status, text, time and certificate.')
    .option('--status <code>', 'the status that it has to answer', numberFrom(100, 599), 200)
    .option('--text <text>', 'a text that has to be in the answer', '')
    .option('--timeout <seconds>', 'how long the whole answer may take', numberFrom(0.1, 300), 10)
    .option('--certificate-days <days>', 'for how long the certificate has to hold', numberFrom(0, 365), 14)
    .action(async (urls: string[], options: Options) => {
      for (const url of urls) {
        if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new UsageError(`“${url}” is no address of the web.`);
      }
      for (const url of urls) await checkOne(checkFrom(url, options));
    });
}

async function checkOne(check: WebCheck): Promise<void> {
  const result = await checkAddress(check);
  const { status, milliseconds, certificate } = result;
  const answer = status === null ? 'no answer' : `status ${status}`;
  const holds = certificate ? `, certificate of ${certificate.issuer} for ${certificate.daysLeft} more days` : '';
  console.log(`${check.url}: ${answer} in ${milliseconds} ms${holds}`);
  for (const decision of judgeWeb(startWatching(), 1, check, result).decisions) sayDecision(decision);
  if (result.failure === null && !certificateFinding(check, result)) console.log('  as it should be');
}

function checkFrom(url: string, { status, text, timeout, certificateDays }: Options): WebCheck {
  return {
    name: url,
    url,
    timeoutSeconds: timeout,
    expectedStatus: status,
    expectedText: text,
    certificateDays,
  };
}
