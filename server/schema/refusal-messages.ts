import { ALIAS_LENGTH } from '../domain/addresses.ts';
import type { RefusalCode } from '../domain/refusals.ts';
import { type Catalogue, given, labelsOf, named } from './wording.ts';

/** What people read when something is refused: one sentence for each code, in both languages (API-08). */
export const REFUSAL_MESSAGES: Catalogue<RefusalCode> = {
  REQUIRED: { en: 'This is required.', fr: 'Ce champ est obligatoire.' },
  TOO_SHORT: {
    en: (d) => given(d['limit'], (n) => `This takes at least ${n} characters.`, 'This is too short.'),
    fr: (d) => given(d['limit'], (n) => `Il faut au moins ${n} caractères.`, 'C’est trop court.'),
  },
  TOO_LONG: {
    en: (d) => given(d['limit'], (n) => `This takes at most ${n} characters.`, 'This is too long.'),
    fr: (d) => given(d['limit'], (n) => `Pas plus de ${n} caractères.`, 'C’est trop long.'),
  },
  INVALID_CHARACTERS: {
    en: 'This has characters that cannot be used here, such as control characters.',
    fr: 'Il y a ici des caractères inutilisables, par exemple des caractères de contrôle.',
  },
  INVALID_EMAIL: { en: 'This is no e-mail address.', fr: 'Ce n’est pas une adresse e-mail.' },
  INVALID_ALIAS: {
    en: (d) =>
      d['namespace'] === null
        ? 'A device has an alias in the namespace of its company, and this one belongs to none.'
        : given(
            d['namespace'],
            (namespace) => `Here an alias ends with @${namespace}.`,
            `An alias is written name@namespace: letters, digits, “-”, “.” and “_”, at most ${ALIAS_LENGTH} characters, in the namespace of the company.`,
          ),
    fr: (d) =>
      d['namespace'] === null
        ? 'Un appareil a son alias dans l’espace de noms de son entreprise, et celui-ci n’en a aucune.'
        : given(
            d['namespace'],
            (namespace) => `Ici, un alias se termine par @${namespace}.`,
            `Un alias s’écrit nom@espace : lettres, chiffres, « - », « . » et « _ », ${ALIAS_LENGTH} caractères au plus, dans l’espace de l’entreprise.`,
          ),
  },
  INVALID_NAMESPACE: {
    en: 'A namespace has 2 to 15 letters, digits, “-”, “.” or “_”.',
    fr: 'Un espace de noms compte 2 à 15 lettres, chiffres, « - », « . » ou « _ ».',
  },
  INVALID_VERSION: {
    en: 'A version is up to four numbers with dots between, such as 7.1.4.',
    fr: 'Une version est faite de quatre nombres au plus, séparés par des points, comme 7.1.4.',
  },
  INVALID_URL: {
    en: 'This is no address of the form https://….',
    fr: 'Ce n’est pas une adresse de la forme https://….',
  },
  PRIVATE_ADDRESS: {
    en: 'This address is inside of a private network; the operator does not allow that.',
    fr: 'Cette adresse se trouve dans un réseau privé ; l’exploitant ne le permet pas.',
  },
  INVALID_TIME: {
    en: 'This is past, or too far ahead. Choose another time.',
    fr: 'C’est déjà passé, ou trop lointain. Choisissez un autre moment.',
  },
  OUT_OF_RANGE: {
    en: (d) =>
      given(
        d['limit'],
        (n) => `This takes a whole number from ${d['min'] ?? 0} to ${n}.`,
        'This number is out of range.',
      ),
    fr: (d) =>
      given(d['limit'], (n) => `Il faut un nombre entier de ${d['min'] ?? 0} à ${n}.`, 'Ce nombre est hors limites.'),
  },
  TOO_MANY: {
    en: (d) => given(d['limit'], (n) => `At most ${n} are possible.`, 'These are too many.'),
    fr: (d) => given(d['limit'], (n) => `${n} au plus sont possibles.`, 'Il y en a trop.'),
  },
  CONTRADICTION: {
    en: (d) =>
      given(
        d['permissions'],
        (p) => `These are both allowed and not: ${named('en', p)}. Choose one for each.`,
        given(
          d['oneOf'],
          (fields) => `Give exactly one of these: ${fields}.`,
          given(
            d['service'],
            (service) => `The policy is one of ${named('en', service)}: it takes the settings of that service.`,
            'The input contradicts itself.',
          ),
        ),
      ),
    fr: (d) =>
      given(
        d['permissions'],
        (p) => `À la fois accordé et retiré : ${named('fr', p)}. Choisissez pour chacun.`,
        given(
          d['oneOf'],
          (fields) => `Donnez exactement un de ces champs : ${fields}.`,
          given(
            d['service'],
            (service) => `La stratégie est pour « ${named('fr', service)} » : il lui faut les réglages de ce service.`,
            'La demande se contredit.',
          ),
        ),
      ),
  },
  NO_COMPANY: {
    en: 'You belong to no company to share this with.',
    fr: 'Vous ne faites partie d’aucune entreprise avec qui partager ceci.',
  },
  PASSWORD_TOO_COMMON: {
    en: 'This password is too easy to guess. Choose another.',
    fr: 'Ce mot de passe est trop facile à deviner. Choisissez-en un autre.',
  },
  EULA_NOT_ACCEPTED: {
    en: 'The current licence agreement has to be accepted.',
    fr: 'Il faut accepter le contrat de licence en vigueur.',
  },
  INVALID_ADDRESS: {
    en: 'Write an ID of 9 or 10 digits, or an alias as name@namespace.',
    fr: 'Écrivez un identifiant de 9 ou 10 chiffres, ou un alias sous la forme nom@espace.',
  },
  AMBIGUOUS_ADDRESS: {
    en: 'Several devices could be meant. Add the namespace: name@namespace.',
    fr: 'Plusieurs appareils pourraient être désignés. Ajoutez l’espace de noms : nom@espace.',
  },
  UNKNOWN_ADDRESS: { en: 'No device has this ID or alias.', fr: 'Aucun appareil n’a cet identifiant ou cet alias.' },
  OWN_DEVICE: { en: 'This is the same device.', fr: 'C’est le même appareil.' },
  PLATFORM_NOT_SUPPORTED: {
    en: (d) =>
      given(
        d['supportedPlatforms'],
        (platforms) =>
          `Invitations work on ${named('en', platforms)} only; the ${named('en', String(d['side']))} device runs ${named('en', String(d['platform']))}.`,
        'Invitations do not work on this side’s platform.',
      ),
    fr: (d) =>
      given(
        d['supportedPlatforms'],
        (platforms) =>
          `Les invitations ne fonctionnent que sur ${named('fr', platforms)} ; l’appareil ${named('fr', String(d['side']))} est sous ${named('fr', String(d['platform']))}.`,
        'Les invitations ne fonctionnent pas sur la plateforme de ce côté.',
      ),
  },
  VERSION_TOO_OLD: {
    en: (d) =>
      given(
        d['leastMajorVersion'],
        (least) =>
          `Direct invitations need version ${least} or later; the ${named('en', String(d['side']))} device has ${d['clientVersion']}.`,
        'The client on this side is too old for direct invitations.',
      ),
    fr: (d) =>
      given(
        d['leastMajorVersion'],
        (least) =>
          `Une invitation directe demande la version ${least} ou ultérieure ; l’appareil ${named('fr', String(d['side']))} a la ${d['clientVersion']}.`,
        'Le client de ce côté est trop ancien pour les invitations directes.',
      ),
  },
  PROFILE_DISABLED: {
    en: (d) => given(d['profile'], (name) => `The profile “${name}” is disabled.`, 'The profile is disabled.'),
    fr: (d) => given(d['profile'], (name) => `Le profil « ${name} » est désactivé.`, 'Le profil est désactivé.'),
  },
  PROFILE_BUILT_IN: {
    en: 'A built-in profile can be edited and disabled, not removed.',
    fr: 'Un profil intégré peut être modifié et désactivé, pas supprimé.',
  },
  PERMISSIONS_LOCKED: {
    en: (d) =>
      given(
        d['permissions'],
        (p) => `Locked by the device’s settings: ${named('en', p)}. Nothing was changed.`,
        'Permissions are locked by the device’s settings.',
      ),
    fr: (d) =>
      given(
        d['permissions'],
        (p) => `Verrouillé par les paramètres de l’appareil : ${named('fr', p)}. Rien n’a été modifié.`,
        'Des autorisations sont verrouillées par les paramètres de l’appareil.',
      ),
  },
  NOT_PENDING: {
    en: (d) =>
      given(
        d['status'],
        (s) => `It waits for no answer any more: ${named('en', s)}.`,
        'It waits for no answer any more.',
      ),
    fr: (d) =>
      given(d['status'], (s) => `Elle n’attend plus de réponse : ${named('fr', s)}.`, 'Elle n’attend plus de réponse.'),
  },
  REVISION_OUTDATED: {
    en: 'The invitation was modified since you saw it. Look at it again, then decide.',
    fr: 'L’invitation a été modifiée entre-temps. Relisez-la, puis décidez.',
  },
  SESSION_ENDED: { en: 'The session has ended.', fr: 'La session est terminée.' },
  CODE_UNKNOWN: { en: 'No enrolment code reads like this.', fr: 'Ce code d’inscription n’existe pas.' },
  CODE_SPENT: { en: 'The enrolment code was used up.', fr: 'Le code d’inscription est épuisé.' },
  CODE_EXPIRED: { en: 'The enrolment code has expired.', fr: 'Le code d’inscription a expiré.' },
  CODE_REVOKED: { en: 'The enrolment code was revoked.', fr: 'Le code d’inscription a été révoqué.' },
  ALREADY_MANAGED: {
    en: 'The device is managed by a company already.',
    fr: 'L’appareil est déjà géré par une entreprise.',
  },
  LINK_UNKNOWN: {
    en: 'The link is not valid. Ask for a new one.',
    fr: 'Le lien n’est pas valable. Demandez-en un autre.',
  },
  LINK_EXPIRED: { en: 'The link has expired. Ask for a new one.', fr: 'Le lien a expiré. Demandez-en un autre.' },
  LINK_SPENT: {
    en: 'The link was used already. Ask for a new one.',
    fr: 'Le lien a déjà servi. Demandez-en un autre.',
  },
  ALREADY_ACTIVATED: { en: 'This licence is activated already.', fr: 'Cette licence est déjà activée.' },
  COMPANY_NEEDED: {
    en: 'A licence belongs to a company, and you are in none yet. Say what yours is to be called.',
    fr: 'Une licence appartient à une entreprise, et vous n’en avez pas encore. Indiquez le nom de la vôtre.',
  },
  LICENCE_LINK_UNKNOWN: {
    en: 'This activation link is not valid: it was replaced, or somebody else has activated the licence. Ask whoever sold it to you for a new one.',
    fr: 'Ce lien d’activation n’est pas valable : il a été remplacé, ou quelqu’un d’autre a activé la licence. Demandez-en un autre à votre vendeur.',
  },
  LICENCE_LINK_EXPIRED: {
    en: 'This activation link has expired. Ask whoever sold the licence to you for a new one.',
    fr: 'Ce lien d’activation a expiré. Demandez-en un autre à votre vendeur.',
  },
  LICENCE_SUSPENDED: {
    en: 'This licence is suspended. Ask whoever sold it to you.',
    fr: 'Cette licence est suspendue. Adressez-vous à votre vendeur.',
  },
  LICENCE_EXPIRED: { en: 'The term of this licence is over.', fr: 'Cette licence est arrivée à son terme.' },
  WRONG_CREDENTIALS: { en: 'E-mail address or password is wrong.', fr: 'Adresse e-mail ou mot de passe incorrect.' },
  TOO_MANY_ATTEMPTS: {
    en: (d) =>
      given(
        d['retryAfterSeconds'],
        (s) => `Too many failed attempts. Try again in ${s} s.`,
        'Too many failed attempts. Only a new password, by mail, helps now.',
      ),
    fr: (d) =>
      given(
        d['retryAfterSeconds'],
        (s) => `Trop d’échecs. Réessayez dans ${s} s.`,
        'Trop d’échecs. Seul un nouveau mot de passe, par e-mail, vous aidera.',
      ),
  },
  WRONG_CODE: {
    en: 'This code is wrong, or was used already. Wait for the next one, or use a recovery code.',
    fr: 'Ce code est faux ou a déjà servi. Attendez le suivant, ou utilisez un code de secours.',
  },
  SIGN_IN_LAPSED: {
    en: 'This sign-in cannot be completed any more. Start again with your password.',
    fr: 'Cette connexion ne peut plus aboutir. Recommencez avec votre mot de passe.',
  },
  SECOND_FACTOR_NEEDED: {
    en: 'Enter the code that your authenticator app shows, or a recovery code.',
    fr: 'Saisissez le code affiché par votre application d’authentification, ou un code de secours.',
  },
  SECOND_FACTOR_ON: {
    en: 'There is a second factor already. Turn it off before you set up another one.',
    fr: 'Il existe déjà un second facteur. Désactivez-le avant d’en configurer un autre.',
  },
  SECOND_FACTOR_OFF: {
    en: 'There is no second factor. Set up an authenticator app first.',
    fr: 'Il n’y a pas de second facteur. Configurez d’abord une application d’authentification.',
  },
  CAPTCHA_FAILED: { en: 'The captcha was not solved. Try again.', fr: 'Le captcha n’est pas résolu. Réessayez.' },
  CAPTCHA_EXPIRED: { en: 'The captcha has expired. Try again.', fr: 'Le captcha a expiré. Réessayez.' },
  CAPTCHA_SPENT: { en: 'This captcha was used already. Try again.', fr: 'Ce captcha a déjà servi. Réessayez.' },
  ALIAS_TAKEN: { en: 'Another device has this alias.', fr: 'Un autre appareil porte cet alias.' },
  NAME_TAKEN: { en: 'This name is in use already.', fr: 'Ce nom est déjà utilisé.' },
  NAMESPACE_TAKEN: { en: 'Another company has this namespace.', fr: 'Une autre entreprise a cet espace de noms.' },
  ALREADY_MEMBER: { en: 'This account is a member already.', fr: 'Ce compte est déjà membre.' },
  OTHER_COMPANY: {
    en: 'This account belongs to a company already.',
    fr: 'Ce compte appartient déjà à une entreprise.',
  },
  ALREADY_LISTED: { en: 'It is in the list already.', fr: 'Il est déjà dans la liste.' },
  DISCOVERY_OFF: {
    en: 'The device takes no part in Discovery. Turn it on in its settings first.',
    fr: 'L’appareil ne participe pas à la découverte. Activez-la d’abord dans ses paramètres.',
  },
  SERVICE_NOT_ASSIGNED: {
    en: 'The device is not to run this service.',
    fr: 'Ce service n’est pas destiné à l’appareil.',
  },
  ACTIVATION_OUTDATED: {
    en: 'The report is about an activation that is over; the service was activated again since.',
    fr: 'Ce rapport concerne une activation révolue ; le service a été réactivé depuis.',
  },
  ILLEGAL_TRANSITION: {
    en: (d) =>
      given(
        d['state'],
        (state) => `A service that is ${named('en', state)} does not become ${named('en', String(d['to']))}.`,
        'A service does not go from its state to this one.',
      ),
    fr: (d) =>
      given(
        d['state'],
        (state) => `Un service à l’état « ${named('fr', state)} » ne passe pas à « ${named('fr', String(d['to']))} ».`,
        'Un service ne passe pas de son état à celui-ci.',
      ),
  },
  BACKUP_NOT_ACTIVE: {
    en: 'Backup is not active on this device.',
    fr: 'La sauvegarde n’est pas active sur cet appareil.',
  },
  SNAPSHOT_PRUNED: {
    en: 'This snapshot is gone: its time was over.',
    fr: 'Cet instantané n’existe plus : sa durée de conservation est écoulée.',
  },
  DEVICE_REASSIGNED: {
    en: 'The device acts for somebody else, whom your files would be restored to.',
    fr: 'L’appareil est attribué à quelqu’un d’autre, qui recevrait vos fichiers.',
  },
  LAST_ADMINISTRATOR: {
    en: 'A company keeps at least one administrator. Appoint another first.',
    fr: 'Une entreprise garde au moins un administrateur. Nommez-en d’abord un autre.',
  },
  ROLE_BUILT_IN: {
    en: 'This role comes with every company and stays as it is. Add a role of your own.',
    fr: 'Ce rôle existe dans toute entreprise et reste tel quel. Ajoutez un rôle à vous.',
  },
  ROLE_HELD: {
    en: (d) =>
      given(
        d['members'],
        (n) =>
          `${Number(n) === 1 ? 'One member holds' : `${n} members hold`} this role. Say which role is given instead.`,
        'Members hold this role.',
      ),
    fr: (d) =>
      given(
        d['members'],
        (n) => `${Number(n) === 1 ? 'Un membre a' : `${n} membres ont`} ce rôle. Indiquez celui qui le remplace.`,
        'Des membres ont ce rôle.',
      ),
  },
  SETTINGS_INVALID: {
    en: (d) =>
      given(labelsOf('en', d['problems']), (p) => `These settings cannot be used: ${p}.`, 'Settings cannot be used.'),
    fr: (d) =>
      given(
        labelsOf('fr', d['problems']),
        (p) => `Ces réglages sont inutilisables : ${p}.`,
        'Des réglages sont inutilisables.',
      ),
  },
  VERSION_OUTDATED: {
    en: (d) =>
      given(
        d['currentVersion'],
        (v) => `It was changed meanwhile: version ${v} is in force. Look at it, then decide.`,
        'It was changed meanwhile. Look again, then decide.',
      ),
    fr: (d) =>
      given(
        d['currentVersion'],
        (v) => `Il y a eu des modifications : la version ${v} est en vigueur. Relisez-la, puis décidez.`,
        'Il y a eu des modifications. Relisez, puis décidez.',
      ),
  },
  POLICY_IN_USE: {
    en: (d) =>
      given(
        d['assignments'],
        (n) =>
          `The policy is still assigned to ${Number(n) === 1 ? 'one device or group' : `${n} devices and groups`}. Take it away there first.`,
        'The policy is still assigned. Take it away first.',
      ),
    fr: (d) =>
      given(
        d['assignments'],
        (n) =>
          `La stratégie est encore attribuée à ${Number(n) === 1 ? 'un appareil ou groupe' : `${n} appareils et groupes`}. Retirez-la d’abord.`,
        'La stratégie est encore attribuée. Retirez-la d’abord.',
      ),
  },
};
