import { NotFound } from '../app/failure.tsx';
export default function DevicePage() {
  return <NotFound />;
}
