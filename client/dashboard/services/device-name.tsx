import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { Presence } from '../parts/presence.tsx';

interface DeviceNameProps {
  readonly device: { readonly id: string; readonly name: string; readonly online: boolean };
  /** Below the name, where there is room: alias or ID. */
  readonly detail?: string | null | undefined;
}

/** A device by its name, which leads to its page, and whether it is online. */
export function DeviceName({ device, detail }: DeviceNameProps) {
  return (
    <div>
      <Anchor component={Link} href={`/devices/${device.id}`} size="sm" fw={500}>
        {device.name}
      </Anchor>
      <Group gap="xs">
        <Presence online={device.online} />
        {detail && (
          <Text component="span" size="sm" c="dimmed" className="beckon-code">
            {detail}
          </Text>
        )}
      </Group>
    </div>
  );
}
