import type { Command } from 'commander';
import type { AgentWords } from '../../catalogue/catalogue.ts';
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

export function webCheck(check: Command, words: AgentWords): void {
  const { placeholders } = words;
  const help = words.checkHelp.web;
  const numbers = (min: number, max: number) => numberFrom(min, max, words);
  check
    .command('web')
    .argument(`<${placeholders.url}...>`, help.url)
    .description(help.description)
    .option(`--status <${placeholders.status}>`, help.status, numbers(100, 599), 200)
    .option(`--text <${placeholders.text}>`, help.text, '')
    .option(`--timeout <${placeholders.seconds}>`, help.timeout, numbers(0.1, 300), 10)
    .option(`--certificate-days <${placeholders.days}>`, help.certificateDays, numbers(0, 365), 14)
    .action(async (urls: string[], options: Options) => {
      for (const url of urls) {
        if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
          throw new UsageError(({ checks }) => checks.web.noAddress(url));
        }
      }
      for (const url of urls) await checkOne(checkFrom(url, options), words);
    });
}

async function checkOne(check: WebCheck, words: AgentWords): Promise<void> {
  const say = words.checks.web;
  const result = await checkAddress(check, words);
  const { status, milliseconds, certificate } = result;
  const holds = certificate ? say.certificate(certificate.issuer, certificate.daysLeft) : '';
  const { url } = check;
  const answer = status === null ? say.noAnswer(url, milliseconds) : say.answer(url, status, milliseconds);
  console.log(`${answer}${holds}`);
  for (const decision of judgeWeb(startWatching(), 1, check, result, words).decisions) sayDecision(decision, words);
  if (result.failure === null && !certificateFinding(check, result, words)) console.log(`  ${say.fine}`);
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
