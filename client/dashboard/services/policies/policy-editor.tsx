import { Alert, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useMutate } from '../../data/use-mutate.ts';
import { ActionBar } from '../../parts/action-bar.tsx';
import { Conflict } from './conflict.tsx';
import { type Impact, ImpactDialog, useImpact } from './impact.tsx';
import { UpdatePolicy } from './operations.ts';
import type { Policy } from './policy-page.tsx';
import { ProblemList, useProblems } from './problems.tsx';
import { changed, type Draft, draftOf, merged, noNumbers, type SettingForm, settingsInput } from './settings.ts';
import { SettingsForm } from './settings-form.tsx';

interface PolicyEditorProps {
  readonly policy: Policy;
  readonly form: readonly SettingForm[];
  /** Asks for the policy anew: somebody else has saved it meanwhile. */
  onOutdated(): void;
}

/** What one edits: a version, and what one has made of it. `epoch` tells one beginning from another. */
interface Editing {
  readonly version: number;
  readonly base: Draft;
  readonly draft: Draft;
  readonly epoch: number;
}

/** Edits a policy: who would change is told before it is saved, and nobody's version is written over unseen. */
export function PolicyEditor({ policy, form, onOutdated }: PolicyEditorProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const saved = useMemo(() => draftOf(policy.values), [policy.values]);
  const [{ version, base, draft, epoch }, setEditing] = useState<Editing>({
    version: policy.version,
    base: saved,
    draft: saved,
    epoch: 0,
  });
  const [impact, setImpact] = useState<Impact | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const problems = useProblems(form);
  const impactOf = useImpact(policy.id, policy.service);
  const { run, busy } = useMutate(UpdatePolicy);
  const own = changed(form, base, draft);
  const outdated = policy.version !== version;

  const begin = useCallback((now: { version: number; base: Draft; draft: Draft }) => {
    setEditing((before) => ({ ...now, epoch: before.epoch + 1 }));
  }, []);
  // Who has changed nothing follows what others save.
  const untouched = own.length === 0;
  useEffect(() => {
    if (outdated && untouched) begin({ version: policy.version, base: saved, draft: saved });
  }, [outdated, untouched, policy.version, saved, begin]);

  const review = async (): Promise<void> => {
    setRefused(null);
    problems.clear();
    if (problems.refuse(noNumbers(form, draft))) return;
    setAsking(true);
    try {
      const answer = await impactOf(draft);
      if (answer.__typename === 'SettingsRefused') problems.show(answer.problems);
      else if (answer.__typename === 'AffectedDeviceConnection') setImpact(answer);
      else setRefused(answer.message);
    } catch (error) {
      setRefused(messageOf(error, common('unexpected')));
    } finally {
      setAsking(false);
    }
  };
  const save = async (): Promise<void> => {
    const settings = settingsInput(policy.service, draft) as never;
    const { payload, refusal } = await run({ id: policy.id, expectedVersion: version, settings });
    setImpact(null);
    if (payload) {
      const now = draftOf(payload.policy.values);
      begin({ version: payload.policy.version, base: now, draft: now });
      notifications.show({ message: t('policies.saved', { version: payload.policy.version }) });
    } else if (refusal?.code === 'VERSION_OUTDATED') onOutdated();
    else if (refusal && 'problems' in refusal) problems.show(refusal.problems);
    else setRefused(refusal?.message ?? null);
  };

  return (
    <Stack>
      {outdated && !untouched && (
        <Conflict
          policy={policy}
          form={form}
          base={base}
          theirs={saved}
          mine={draft}
          onTheirs={() => begin({ version: policy.version, base: saved, draft: saved })}
          onMine={() => begin({ version: policy.version, base: saved, draft: merged(form, base, saved, draft) })}
        />
      )}
      <Text size="sm">{t('form.explain')}</Text>
      <SettingsForm
        key={epoch}
        form={form}
        draft={draft}
        problems={problems.byPath}
        onChange={(next) => setEditing((before) => ({ ...before, draft: next }))}
      />
      <ProblemList problems={problems.list} />
      {refused && (
        <Alert color="red" role="alert">
          {refused}
        </Alert>
      )}
      <ActionBar>
        <Text size="sm" aria-live="polite">
          {own.length > 0 ? t('policies.unsaved', { count: own.length }) : t('policies.nothingChanged')}
        </Text>
        <Button
          variant="default"
          disabled={untouched}
          onClick={() => {
            problems.clear();
            begin({ version: policy.version, base: saved, draft: saved });
          }}
        >
          {t('policies.discard')}
        </Button>
        <Button disabled={untouched || outdated} loading={asking} onClick={() => void review()}>
          {t('policies.review')}
        </Button>
      </ActionBar>
      <ImpactDialog
        title={t('impact.title', { name: policy.name })}
        impact={impact}
        form={form}
        action={t('policies.saveVersion', { version: version + 1 })}
        busy={busy}
        onConfirm={() => void save()}
        onClose={() => setImpact(null)}
      />
    </Stack>
  );
}
