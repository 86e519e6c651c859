import { Input, NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OwnDevice } from './start.ts';

interface FromDeviceProps {
  readonly label: string;
  readonly devices: readonly OwnDevice[];
  readonly value: string;
  readonly error?: ReactNode;
  onChange(deviceId: string): void;
}

/** Which of the own devices it is about; with only one there is nothing to choose. */
export function FromDevice({ label, devices, value, error, onChange }: FromDeviceProps) {
  const [only, another] = devices;
  if (only && !another) {
    return (
      <Input.Wrapper label={label} error={error} labelElement="div">
        <Text size="sm">
          {only.name} · <span className="beckon-code">{only.addressGrouped}</span>
        </Text>
      </Input.Wrapper>
    );
  }
  return (
    <NativeSelect
      label={label}
      value={value}
      error={error}
      data={devices.map(({ id, name, addressGrouped }) => ({ value: id, label: `${name} · ${addressGrouped}` }))}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
