import { NotFound } from '../app/failure.tsx';

/** The pages below /contacts. */
export default function Pages() {
  return <NotFound />;
}
