import type { useForm } from '@mantine/form';
import type { RefusalFields } from '../../api/results.ts';

/** The place in a form's input that a refusal is about, without the leading `input`; '' for the form as a whole. */
function refusedPlace({ path }: RefusalFields): string {
  return path.filter((part, at) => !(at === 0 && part === 'input')).join('.');
}

/**
 * Shows a refusal at the field that it is about, and moves there; where the form has no such field it is returned, to be
 * shown above the button.
 */
export function showRefusal<Values extends Record<string, unknown>>(
  form: ReturnType<typeof useForm<Values>>,
  refusal: RefusalFields | null,
): string | null {
  if (!refusal) return null;
  const place = refusedPlace(refusal);
  if (!Object.hasOwn(form.getValues(), place.split('.')[0] ?? '')) return refusal.message;
  form.setFieldError(place, refusal.message);
  form.getInputNode(place)?.focus();
  return null;
}
