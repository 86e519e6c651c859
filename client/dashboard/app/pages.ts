import { type ComponentType, lazy } from 'react';
import { words } from './words.ts';

/**
 * The pages that are loaded when they are first opened, each with its catalogue of words.
 * @param catalogue of words/; both are fetched at the same time.
 */
function page(catalogue: string, load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), words.loadNamespaces(catalogue)]);
    return component;
  });
}

export const SignInPage = page('arriving', () => import('../arriving/sign-in.tsx'));
export const InvitePages = page('invite', () => import('../invite/pages.tsx'));
export const SessionPages = page('sessions', () => import('../sessions/pages.tsx'));
export const ContactPages = page('contacts', () => import('../contacts/pages.tsx'));
export const DevicePages = page('devices', () => import('../devices/pages.tsx'));
export const ServicePages = page('services', () => import('../services/pages.tsx'));
export const AlertPages = page('alerts', () => import('../alerts/pages.tsx'));
export const CompanyPages = page('company', () => import('../company/pages.tsx'));
export const AccountPages = page('account', () => import('../account/pages.tsx'));
