import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { useData } from '../data/use-data.tsx';
import { Security } from './operations.ts';
import { PasswordCard } from './password-card.tsx';
import { SecondFactorCard } from './second-factor-card.tsx';
import { SignIns } from './sign-ins.tsx';

/** How one signs in, and where one is signed in. */
export default function SecurityPage() {
  const { t } = useTranslation('account');
  const { data, instead } = useData(Security, {});
  const account = data?.viewer.account;
  return (
    <Page title={t('security.title')} lead={t('security.lead')}>
      {account ? (
        <Stack maw={720}>
          <PasswordCard />
          <SecondFactorCard factor={account.secondFactor} />
          <SignIns signIns={account.authSessions} />
        </Stack>
      ) : (
        instead
      )}
    </Page>
  );
}
