import { Alert, Button, Fieldset, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { OfferFieldsFragment } from '../../graphql/graphql.ts';
import { useAccount, useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { Arrival } from './arrival.tsx';
import { dropLinkToken } from './link-token.ts';
import { OfferCard } from './offer-card.tsx';
import { ActivateOfferedLicence } from './operations.ts';
import { SignInAs } from './sign-in-as.tsx';

interface ConfirmActivationProps {
  readonly offer: OfferFieldsFragment;
  /** How the licence is named: by the mailed link, or by its id where one's own sign-up carried it on. */
  readonly by: { readonly token: string } | { readonly licenceId: string };
}

interface Values extends Record<string, unknown> {
  newCompany: { name: string; namespace: string };
}

/** The step “Activate” that both ways end with; then the web app says that the licence is active (LIC-10). */
export function ConfirmActivation({ offer, by }: ConfirmActivationProps) {
  const { t } = useTranslation('arriving');
  const { restart } = useSession();
  const { name, email, company } = useAccount();
  const [, go] = useLocation();
  const form = useForm<Values>({ mode: 'uncontrolled', initialValues: { newCompany: { name: '', namespace: '' } } });
  const activate = useMutate(ActivateOfferedLicence);
  const [refused, setRefused] = useState<string | null>(null);
  const needsCompany = company === null;

  const submit = form.onSubmit(async ({ newCompany }) => {
    setRefused(null);
    const { payload, refusal } = await activate.run({ ...by, ...(needsCompany && { newCompany }) });
    if (!payload) return setRefused(showRefusal(form, refusal));
    dropLinkToken('activate');
    go(`/?activated=${payload.licence.id}`, { replace: true });
    // The company, and what one may do in it, may be new.
    restart();
  });
  return (
    <Arrival
      wide
      title={t('activate.title')}
      ways={
        <>
          {t('activate.as', { name, email })}
          <SignInAs next="/activate" variant="subtle" size="compact-sm">
            {t('activate.useOther')}
          </SignInAs>
        </>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          <OfferCard offer={offer} />
          {offer.accountLooksPersonal && (
            <Alert color="yellow" icon={<IconUsers size={18} />} title={t('activate.generic')}>
              {t('activate.genericText')}
            </Alert>
          )}
          {needsCompany ? (
            <NewCompany form={form} />
          ) : (
            <Text size="sm">{t('activate.belongs', { company: company.name })}</Text>
          )}
          {refused && (
            <Alert color="red" role="alert">
              {refused}
            </Alert>
          )}
          <Button type="submit" size="md" loading={activate.busy} fullWidth>
            {t('activate.submit')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}

/** What a short name may have, and how long it may be: the server's rule. */
const NAMESPACE_LENGTH = 15;

/** A short name out of a name: without accents, blanks and signs. */
function namespaceFor(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, NAMESPACE_LENGTH)
    .replace(/-$/, '');
}

function NewCompany({ form }: { form: ReturnType<typeof useForm<Values>> }) {
  const { t } = useTranslation('arriving');
  const [touched, setTouched] = useState(false);
  const namespace = form.getInputProps('newCompany.namespace');
  const name = form.getInputProps('newCompany.name');
  return (
    <Fieldset legend={t('activate.company')}>
      <Stack gap="sm">
        <Text size="sm">{t('activate.companyText')}</Text>
        <TextInput
          label={t('activate.companyName')}
          autoComplete="organization"
          required
          key={form.key('newCompany.name')}
          {...name}
          onBlur={(event) => {
            name.onBlur(event);
            if (!touched) form.setFieldValue('newCompany.namespace', namespaceFor(event.currentTarget.value));
          }}
        />
        <TextInput
          label={t('activate.namespace')}
          description={t('activate.namespaceHint', { example: 'north' })}
          autoCapitalize="off"
          spellCheck={false}
          required
          key={form.key('newCompany.namespace')}
          {...namespace}
          onChange={(event) => {
            setTouched(true);
            namespace.onChange(event);
          }}
        />
      </Stack>
    </Fieldset>
  );
}
