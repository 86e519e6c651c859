import { Alert, Anchor, List } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemFieldsFragment } from '../../../graphql/graphql.ts';
import { goToField } from './field-id.ts';
import type { Problems, SettingForm } from './settings.ts';

type Problem = ProblemFieldsFragment['problems'][number];

interface ShownProblems {
  readonly list: readonly Problem[];
  readonly byPath: Problems;
  /** Shows what the server refused, each at its field, and goes to the first. */
  show(problems: readonly Problem[]): void;
  /** Shows fields that hold no number; whether there was one. */
  refuse(paths: readonly string[]): boolean;
  clear(): void;
}

/** What is wrong with the settings of a form. */
export function useProblems(form: readonly SettingForm[]): ShownProblems {
  const { t } = useTranslation('services');
  const [list, setList] = useState<readonly Problem[]>([]);
  const byPath = useMemo(() => new Map(list.map(({ path, message }) => [path, message])), [list]);
  const show = (problems: readonly Problem[]): void => {
    setList(problems);
    const first = problems[0];
    // After the fields have got their messages.
    if (first) requestAnimationFrame(() => goToField(first.path));
  };
  return {
    list,
    byPath,
    show,
    refuse(paths) {
      if (paths.length === 0) return false;
      show(paths.map((path) => ({ path, label: labelAt(form, path), message: t('form.noNumber') })));
      return true;
    },
    clear: () => setList([]),
  };
}

/** As the server calls a field of an entry: `Checks 3 › Longest answer`. */
function labelAt(form: readonly SettingForm[], path: string): string {
  const [name, at, field] = path.split('.');
  const setting = form.find((one) => one.name === name);
  const inner = setting?.fields.find((one) => one.name === field);
  return inner ? `${setting?.label} ${Number(at) + 1} › ${inner.label}` : (setting?.label ?? path);
}

/** All that is wrong, above the button: each leads to its field. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('services');
  if (problems.length === 0) return null;
  return (
    <Alert color="red" role="alert" title={t('form.problems', { count: problems.length })}>
      <List size="sm">
        {problems.map(({ path, label, message }) => (
          <List.Item key={path}>
            <Anchor component="button" type="button" size="sm" onClick={() => goToField(path)}>
              {label}
            </Anchor>
            {' – '}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
