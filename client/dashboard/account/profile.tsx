import { Anchor, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AlertMails, ProfileQuery } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { LANGUAGES, type Language } from '../app/words.ts';
import { useSession } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Instant } from '../parts/ago.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { FactList } from '../parts/fact-list.tsx';
import { SectionCard } from '../parts/section-card.tsx';
import { ChangeName, Profile, SetAlertMails } from './operations.ts';

type Account = NonNullable<ProfileQuery['viewer']['account']>;

const LANGUAGE_NAMES = { en: 'english', fr: 'french' } as const;
const ALERT_MAILS = ['NONE', 'OWN', 'ALL'] as const satisfies readonly AlertMails[];

/** Who one is here: name, language, mails; and what happened to the account. */
export default function ProfilePage() {
  const { t } = useTranslation('account');
  const { data, instead } = useData(Profile, {});
  const account = data?.viewer.account;
  return (
    <Page title={t('profile.title')} lead={t('profile.lead')}>
      {account ? (
        <Stack maw={640}>
          <You account={account} />
          <Facts account={account} />
        </Stack>
      ) : (
        instead
      )}
    </Page>
  );
}

function You({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { setLanguage } = useSession();
  const alertMails = useMutate(SetAlertMails);
  const chooseMails = async (wish: AlertMails): Promise<void> => {
    const { payload } = await alertMails.run({ wish });
    if (payload) notifications.show({ message: common('saved') });
  };
  return (
    <SectionCard title={t('profile.you')}>
      <Stack>
        <NameForm name={account.name} />
        <TextInput
          label={t('profile.email')}
          description={t('profile.emailHint')}
          value={account.email}
          readOnly
          variant="filled"
        />
        <NativeSelect
          label={t('profile.language')}
          description={t('profile.languageHint')}
          data={LANGUAGES.map((language) => ({ value: language, label: common(LANGUAGE_NAMES[language]) }))}
          value={account.language}
          onChange={({ currentTarget }) => void setLanguage(currentTarget.value as Language)}
        />
        <NativeSelect
          label={t('profile.alertMails')}
          description={t('profile.alertMailsHint')}
          data={ALERT_MAILS.map((wish) => ({ value: wish, label: t(`profile.${wish}`) }))}
          value={account.alertMails}
          disabled={alertMails.busy}
          onChange={({ currentTarget }) => void chooseMails(currentTarget.value as AlertMails)}
        />
      </Stack>
    </SectionCard>
  );
}

function NameForm({ name }: { name: string }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name } });
  const change = useMutate(ChangeName);
  const submit = form.onSubmit(async (input) => {
    const { payload, refusal } = await change.run(input);
    if (payload) notifications.show({ message: common('saved') });
    else showRefusal(form, refusal);
  });
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('profile.name')}
          description={t('profile.nameHint')}
          autoComplete="name"
          required
          flex={1}
          miw={200}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="default" loading={change.busy}>
          {common('save')}
        </Button>
      </Group>
    </form>
  );
}

function Facts({ account }: { account: Account }) {
  const { t } = useTranslation('account');
  const { id, createdAt, eulaVersion, eulaAcceptedAt } = account;
  return (
    <SectionCard title={t('profile.facts')}>
      <FactList
        facts={[
          { name: t('profile.id'), value: <Copyable value={id} size="sm" breakable /> },
          { name: t('profile.since'), value: <Instant at={createdAt} /> },
          {
            name: t('profile.eula'),
            value: (
              <>
                {t('profile.eulaAccepted', { version: eulaVersion })} <Instant at={eulaAcceptedAt} />
              </>
            ),
          },
          {
            name: t('profile.log'),
            value: (
              <>
                {t('profile.logText')}{' '}
                <Anchor href="/audit.jsonl" download underline="always" inherit>
                  <IconDownload size={14} aria-hidden /> {t('profile.download')}
                </Anchor>
              </>
            ),
          },
        ]}
      />
    </SectionCard>
  );
}
