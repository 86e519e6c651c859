import { NotFound } from '../app/failure.tsx';

/** The pages below /sessions. */
export default function Pages() {
  return <NotFound />;
}
