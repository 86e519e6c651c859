/** Where the operator's token is kept: in this tab, until it is closed. */
const KEY = 'beckon.operator';

export const keptToken = (): string | null => sessionStorage.getItem(KEY);
export const keepToken = (token: string): void => sessionStorage.setItem(KEY, token);
export const forgetToken = (): void => sessionStorage.removeItem(KEY);
