/** The help of `run`, of its prompt and of its scripts. At most 80 columns wide, also where it is indented by two. */
const en = {
  description: 'Be online: show what comes in, take answers at the prompt, until quit.',
  accept: 'answer unattended: all, none, or from ID-OR-ALIAS,…',
  act: 'act by a script of rules (see below); @FILE reads it from a file',
  allowPatching: 'Patch management may install approved updates',
  allowReboot: 'after them it may restart this machine, announced, as its policy says',
  repository: 'where Backup keeps its snapshots; without it, it cannot be installed',
  backupRoot: 'where Backup writes what it restores, each time into a folder of its own',
  knownThreats: 'for Endpoint protection without ClamAV: on each line a SHA-256 and a name',
  more: (prompt: string, script: string) => `
Examples:
  $ npm run agent -- run
  $ npm run agent -- run --repository data/backup --backup-root data/restored
  $ npm run agent -- run --accept from desk@acme,123456789
  $ npm run agent -- run --accept all --act "on hosting after 10s end"

At the prompt:
${prompt}

${script}

The agent goes on where it stopped: what happened while it was not running is
told first. When the server is lost it tries again by itself. Where the output
is no terminal it writes plain lines, and reads commands from its input.

It runs the services that the company activates on this device, by the policy in
force, and keeps what they remember beside the state file. Try them by hand:
npm run agent -- check --help`,
  prompt: `Answer what comes in (with its number where there are several):
  c [1]                    connect, let in, grant what is asked for
  c 2 --profile "Screen sharing"   let a request in with this profile
  r [1]                    reject, dismiss, refuse
Invite others to this device:
  invite 123 456 789       by ID; or by alias: invite front-desk@acme
     --profile "Screen sharing"  --grant INPUT  --revoke AUDIO  --note "hello"
  modify [3] --revoke INPUT   change what a waiting invitation offers
  cancel [3]               take an invitation or a request back
Ask to be let in to another device:
  request 123 456 789
During a session (with s1, s2 … where there are several):
  permissions [s1]         what the other side may do
  grant AUDIO,INPUT [s1]   allow more (on this device); revoke AUDIO: less
  ask VPN [s1]             ask for more (on the other device)
  end [s1]
And: status, help, quit.`,
  script: (triggers: string) => `Rules of --act, one on each line or with ";" between, or read from @FILE:
  every 30-60s invite front-desk@acme --revoke INPUT | invite 123 456 789
  on invitation after 3-8s connect | connect | reject
  on request after 5s connect --profile "Screen sharing"
  on hosting after 5-10s revoke FILE_MANAGER,CLIPBOARD_FILES
  on visiting after 20-40s end
The commands are those of the prompt; of several with "|" between, one is taken
at random. They are about what the rule waited for. One can wait for:
${triggers}
(hosting: a session on this device; visiting: on another). # starts a remark.`,
};

const fr = {
  description: 'Être en ligne : montrer ce qui arrive et prendre les réponses à l’invite de commande, jusqu’à quit.',
  accept: 'répondre sans personne : all (à tous), none (à personne), ou from IDENTIFIANT-OU-ALIAS,…',
  act: 'agir selon un script de règles (voir plus bas) ; @FICHIER le lit dans un fichier',
  allowPatching: 'la Gestion des correctifs peut installer les mises à jour approuvées',
  allowReboot: 'elle peut ensuite redémarrer cette machine, en l’annonçant, selon sa stratégie',
  repository: 'où la Sauvegarde garde ses instantanés ; sans ce dossier, elle ne peut pas être installée',
  backupRoot: 'où la Sauvegarde écrit ce qu’elle restaure, chaque fois dans un dossier à part',
  knownThreats: 'pour la Protection des terminaux sans ClamAV : sur chaque ligne, un SHA-256 et un nom',
  more: (prompt: string, script: string) => `
Exemples :
  $ npm run agent -- run
  $ npm run agent -- run --repository data/backup --backup-root data/restored
  $ npm run agent -- run --accept from accueil@acme,123456789
  $ npm run agent -- run --accept all --act "on hosting after 10s end"

À l’invite de commande :
${prompt}

${script}

L’agent reprend là où il s’était arrêté : il raconte d’abord ce qui s’est passé
entre-temps. S’il perd le serveur, il réessaie de lui-même. Quand la sortie
n’est pas un terminal, il écrit des lignes simples et lit les commandes sur son
entrée.

Il fait tourner les services que l’entreprise active sur cet appareil, selon la
stratégie en vigueur, et garde leur mémoire à côté du fichier d’identité. Pour
les essayer à la main : npm run agent -- check --help`,
  prompt: `Répondre à ce qui arrive (avec son numéro s’il y a plusieurs choses) :
  c [1]                    se connecter, laisser entrer, accorder
  c 2 --profile "Screen sharing"   laisser entrer avec ce profil
  r [1]                    refuser
Inviter sur cet appareil :
  invite 123 456 789       par identifiant, ou par alias : accueil@acme
     --profile "Screen sharing"  --grant INPUT  --revoke AUDIO  --note "salut"
  modify [3] --revoke INPUT   changer l’offre d’une invitation en attente
  cancel [3]               annuler une invitation ou une demande
Demander à entrer sur un autre appareil :
  request 123 456 789
Pendant une session (avec s1, s2 … s’il y en a plusieurs) :
  permissions [s1]         ce que l’autre côté peut faire
  grant AUDIO,INPUT [s1]   autoriser plus, ici ; revoke AUDIO : moins
  ask VPN [s1]             demander plus, sur l’autre appareil
  end [s1]                 terminer
Et aussi : status (l’état), help ou aide, quit ou quitter.`,
  script: (triggers: string) => `Règles de --act, une par ligne ou séparées par ";", ou lues dans @FICHIER :
  every 30-60s invite accueil@acme --revoke INPUT | invite 123 456 789
  on invitation after 3-8s connect | connect | reject
  on request after 5s connect --profile "Screen sharing"
  on hosting after 5-10s revoke FILE_MANAGER,CLIPBOARD_FILES
  on visiting after 20-40s end
Les commandes sont celles que l’on tape ; entre plusieurs séparées par "|", le
hasard choisit. Elles portent sur ce que la règle attendait. On peut attendre :
${triggers}
(hosting : une session sur cet appareil ; visiting : sur un autre). # ouvre une
remarque.`,
} satisfies typeof en;

export const RUN_HELP = { en, fr };
