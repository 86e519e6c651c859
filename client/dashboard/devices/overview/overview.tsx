import { SimpleGrid, Stack } from '@mantine/core';
import type { ShownDevice } from '../device.ts';
import { Assignment } from './assignment.tsx';
import { Facts } from './facts.tsx';
import { Groups } from './groups.tsx';
import { Removal } from './removal.tsx';

/** What a device is, whose it is, where it belongs. */
export function Overview({ device }: { device: ShownDevice }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" style={{ alignItems: 'start' }}>
      <Facts device={device} />
      <Stack>
        {device.company && (
          <>
            <Assignment device={device} />
            <Groups device={device} />
          </>
        )}
        <Removal device={device} />
      </Stack>
    </SimpleGrid>
  );
}
