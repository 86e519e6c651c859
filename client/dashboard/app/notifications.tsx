import { Notifications as Container } from '@mantine/notifications';

/** Where notifications appear. A file of its own, so that it is loaded apart from what sends them. */
export default function Notifications() {
  return <Container position="top-right" />;
}
