import type { Translated } from '../../app/words.ts';
import type incoming from '../en/incoming.ts';

export default {
  label: 'En attente de votre réponse',
  shortcut: 'Alt+I y mène, et en revient.',
  waiting_one: '{{count}} attend votre réponse',
  waiting_other: '{{count}} attendent votre réponse',
  invitation: {
    title: 'On vous invite',
    told: '{{name}} vous invite à vous connecter.',
    modifiedTold: '{{name}} a modifié l’invitation.',
    over: 'L’invitation de {{name}} n’est plus en attente.',
    youMay: 'Vous pourrez :',
    wasModified: 'L’invitation a été modifiée : seul compte ce qui est affiché maintenant.',
    added: 'En plus : {{list}}.',
    removed: 'En moins : {{list}}.',
    connect: 'Se connecter',
    reject: 'Rejeter',
  },
  request: {
    title: 'Quelqu’un demande l’accès à {{device}}',
    told: '{{name}} demande l’accès à {{device}}.',
    over: '{{name}} ne demande plus l’accès.',
    lead: 'Choisissez ce qui lui est permis, puis acceptez.',
    accept: 'Accepter',
    dismiss: 'Écarter',
  },
  wish: {
    title: 'Demande d’autorisations supplémentaires',
    told: '{{name}} demande d’autres autorisations.',
    over: '{{name}} ne demande plus d’autorisations.',
    grant: 'Accorder',
    refuse: 'Refuser',
    toSession: 'Vers la session',
  },
} satisfies Translated<typeof incoming>;
