import { NotFound } from '../app/failure.tsx';

/** The pages below /alerts. */
export default function Pages() {
  return <NotFound />;
}
