import { Box, Checkbox, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Entries } from './entries.tsx';
import { SettingControl } from './setting-control.tsx';
import { SettingText } from './setting-text.tsx';
import { type Draft, defaultOf, type Problems, type SettingForm, sentence } from './settings.ts';

interface SettingsFormProps {
  readonly form: readonly SettingForm[];
  readonly draft: Draft;
  readonly problems: Problems;
  onChange(draft: Draft): void;
}

/**
 * All that a policy of a service can set, made of what the server says of it (SVC-09): what is ticked the policy decides,
 * the rest it leaves open.
 */
export function SettingsForm({ form, draft, problems, onChange }: SettingsFormProps) {
  return (
    <Stack gap="sm" maw={900}>
      {form.map((setting) => (
        <OneSetting
          key={setting.name}
          setting={setting}
          value={draft[setting.name]}
          problems={problems}
          onChange={(value) => {
            const { [setting.name]: _before, ...others } = draft;
            onChange(value === undefined ? others : { ...others, [setting.name]: value });
          }}
        />
      ))}
    </Stack>
  );
}

interface OneSettingProps {
  readonly setting: SettingForm;
  /** Undefined: left open. */
  readonly value: unknown;
  readonly problems: Problems;
  onChange(value: unknown): void;
}

function OneSetting({ setting, value, problems, onChange }: OneSettingProps) {
  const { t } = useTranslation('services');
  const { name, kind, label, description, bounds } = setting;
  const open = value === undefined;
  return (
    <Paper withBorder p="md" component="section" aria-label={label}>
      <Checkbox
        label={<Text fw={600}>{label}</Text>}
        description={description}
        checked={!open}
        onChange={(event) => onChange(event.currentTarget.checked ? defaultOf(setting) : undefined)}
      />
      <Box pl={{ base: 0, xs: 32 }} mt="xs">
        {open ? (
          <Text size="sm" component="div">
            {t('form.leftOpen')} <SettingText form={setting} value={defaultOf(setting)} />
          </Text>
        ) : (
          <>
            {kind === 'LIST' ? (
              <Entries setting={setting} entries={value as Draft[]} problems={problems} onChange={onChange} />
            ) : (
              <SettingControl
                field={setting}
                path={name}
                value={value}
                problems={problems}
                labelled={false}
                onChange={onChange}
              />
            )}
            <Text size="sm" c="dimmed" mt={4}>
              {sentence(bounds)}
            </Text>
          </>
        )}
      </Box>
    </Paper>
  );
}
