import type { Translated } from '../../app/words.ts';
import type arriving from '../en/arriving.ts';

export default {
  signIn: {
    title: 'Connexion',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    submit: 'Se connecter',
    forgot: 'Mot de passe oublié ?',
    noAccount: 'Pas encore de compte ?',
  },
} satisfies Translated<typeof arriving>;
