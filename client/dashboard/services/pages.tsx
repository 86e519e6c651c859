import { NotFound } from '../app/failure.tsx';

/** The pages below /services. */
export default function Pages() {
  return <NotFound />;
}
