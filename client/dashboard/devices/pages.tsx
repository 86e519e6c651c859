import { NotFound } from '../app/failure.tsx';

/** The pages below /devices. */
export default function Pages() {
  return <NotFound />;
}
