/** The id of the control at a path of the settings. */
export const fieldId = (path: string): string => `setting-${path}`;

/** Goes to the control at a path, or to the one that its entry belongs to: `processes.3` is a line of `processes`. */
export function goToField(path: string): void {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const found = document.getElementById(fieldId(parts.slice(0, length).join('.')));
    if (!found) continue;
    const control = found.matches('input, textarea, button')
      ? found
      : found.querySelector<HTMLElement>('input, textarea');
    (control ?? found).focus();
    found.scrollIntoView({ block: 'center' });
    return;
  }
}
