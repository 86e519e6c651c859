import { NotFound } from '../app/failure.tsx';

/** The pages below /company. */
export default function Pages() {
  return <NotFound />;
}
