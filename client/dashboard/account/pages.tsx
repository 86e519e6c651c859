import { NotFound } from '../app/failure.tsx';

/** The pages below /account. */
export default function Pages() {
  return <NotFound />;
}
