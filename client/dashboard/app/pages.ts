import { type ComponentType, lazy } from 'react';
import IncomingCorner from '../invite/incoming.tsx';
import StartPage from '../invite/pages.tsx';
import { words } from './words.ts';

/**
 * A page with its catalogue of words, loaded when it is first opened.
 * @param catalogue of words/; both are fetched at the same time.
 */
function page(catalogue: string, load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    const [component] = await Promise.all([load(), words.loadNamespaces(catalogue)]);
    return component;
  });
}

export const SignInPage = page('arriving', () => import('../arriving/sign-in.tsx'));
export const SignUpPage = page('arriving', () => import('../arriving/sign-up.tsx'));
export const VerifyPage = page('arriving', () => import('../arriving/verify.tsx'));
export const ForgotPasswordPage = page('arriving', () => import('../arriving/forgot-password.tsx'));
export const ResetPasswordPage = page('arriving', () => import('../arriving/reset-password.tsx'));
export const ActivatePage = page('arriving', () => import('../arriving/activate.tsx'));
export const JoinPage = page('arriving', () => import('../arriving/join.tsx'));
export const OperatorPages = page('operator', () => import('../operator/pages.tsx'));
export const GatePage = page('arriving', () => import('../arriving/gate.tsx'));
export const WaitingOffers = page('arriving', () => import('../arriving/waiting-offers.tsx'));
export const Activated = page('arriving', () => import('../arriving/activated.tsx'));
// What nearly everybody sees first goes with the frame: in a file of its own it would cost more than it saves, because what
// it has in common with others would be cut into many.
export const InvitePages = page('invite', async () => ({ default: StartPage }));
/** Not a page, but on every one. */
export const Incoming = page('incoming', async () => ({ default: IncomingCorner }));
export const SessionPages = page('sessions', () => import('../sessions/pages.tsx'));
export const ContactPages = page('contacts', () => import('../contacts/pages.tsx'));
export const DevicePages = page('devices', () => import('../devices/pages.tsx'));
export const ServicePages = page('services', () => import('../services/pages.tsx'));
export const AlertPages = page('alerts', () => import('../alerts/pages.tsx'));
export const CompanyPages = page('company', () => import('../company/pages.tsx'));
export const AccountPages = page('account', () => import('../account/pages.tsx'));
