import { NotFound } from '../app/failure.tsx';

/** The pages below /. */
export default function Pages() {
  return <NotFound />;
}
