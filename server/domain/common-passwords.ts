/**
 * Words that make a password guessable when it is made of little else: the product's own, and those that most leaked
 * passwords are made of.
 */
export const COMMON_WORDS: readonly string[] = [
  ...'beckon remote support invitation invite device session administrator admin root user guest test demo'.split(' '),
  ...'password passwort passwd motdepasse mdp secret login signin access letmein welcome bienvenue bonjour'.split(' '),
  ...'qwertyuiop qwerty azerty azertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx wsxedc iloveyou jetaime'.split(' '),
  ...'changeme changeit default master superman batman dragon monkey sunshine princess football baseball'.split(' '),
  ...'shadow michael jordan soleil doudou loulou chouchou marseille paris france trustno hello company'.split(' '),
  ...'january february march april june july august september october november december'.split(' '),
  ...'janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre'.split(' '),
  ...'spring summer autumn winter printemps automne hiver monday tuesday wednesday thursday friday'.split(' '),
];

/**
 * Passwords of twelve characters and more out of the lists of most used ones, in lower case and without blanks, among them
 * all of the first 10,000 of zxcvbn 4.4’s list that no rule refuses (ASVS 6.2.4 asks for the first 3,000). Shorter ones are
 * refused by their length, and those made of the words above, of repetitions and of runs by rule.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qaz@wsx3edc !qaz2wsx3edc
  !qaz@wsx#edc !@#$%^&*()_+ q1w2e3r4t5y6 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8 qaz123wsx456 qazwsxedcrfv qazwsxedc123
  qazwsxedcrfvtgb qwe123asd456 qweasdzxc123 123qweasdzxc qweasdzxcrty 123qwe123qwe 123qwe456asd qwe123qwe123 1qw23er45ty6
  zaq12wsxcde3 zaq1xsw2cde3 zaq1zaq1zaq1 zaqxswcdevfr xsw2zaq1cde3 a1b2c3d4e5f6 a1s2d3f4g5h6 abc123abc123 abcd1234abcd
  abcd12345678 abc123456789 abcdef123456 123456abcdef 1234567890ab 1234567890qw 123456789abc 123456789qwe a123456789012
  aa1234567890 asd123asd123 asdf1234asdf asdfghjkl123 asdfjkl12345 aze123qsd456 111222333444 112233445566 121212121212
  123123123123 123321123321 123454321234 123456123456 123456654321 123698745632 147258369147 147258369000 159357456852
  159753159753 987654321012 987654321987 102030405060 101112131415 314159265358 271828182845 000111222333 19216801192
  192168001001 741852963741 789456123000 789456123789 963852741963 852456852456 aabbccddeeff abcabcabcabc qwaszxqwaszx
  correcthorse correcthorsebatterystaple horsebatterystaple thequickbrownfox thequickbrown iloveyouforever iloveyousomuch iloveyou1234 iloveyou2000 ilovemyfamily ilovemymother
  imissyousomuch jesuschrist1 jesusislord1 jesuslovesme jesus1234567 godisgreat12 godislove123 ihavenoidea1 idontknow123
  letmein12345 leicestercity liverpoolfc1 liverpool123 manchester12 manchesterunited manchestercity realmadrid10
  barcelona123 juventus1897 chelsea12345 arsenal12345 newcastle123 washington12 philadelphia sanfrancisco losangeles12
  california12 australia123 newzealand12 unitedstates unitedkingdom metallica123 slipknot1234 greenday1234 linkinpark12
  ironmaiden666 systemofadown ledzeppelin1 rollingstones guns-n-roses backstreetboys beautifulgirl butterfly123
  chocolate123 strawberry12 watermelon12 pokemon12345 starwars1234 harrypotter1 hellokitty12 spongebob123 spiderman123
  wolverine123 blink182blink mickeymouse1 tinkerbell12 scoobydoo123 bigdaddy1234 computer1234 internet1234 microsoft123
  windows12345 whatever1234 fuckyou12345 motherfucker asshole12345 elizabeth123 alexander123 christopher1 christian123
  anthony12345 jennifer1234 jonathan1234 benjamin1234 nicholas1234 samantha1234 stephanie123 charlotte123 caroline1234
  jeanpierre12 nicolas12345 motdepasse12 motdepasse123 motdepasse1234 jetaimetrop1 jetaimemonamour monamour1234
  marseille13013 olympiquedemarseille parissaintgermain allezlesbleus
  23176djivanfros businessbabe chickenwing101 contortionist counterstrike dkflbvbhjdbx dkflbvbhjdyf domainlock2005
  finalfantasy fkmnthyfnbdf flvbybcnhfnjh gfhjkmgfhjkm ghbdtnrfrltkf ghhh47hj7649 ghjcnjgfhjkm ghjcnjghjcnj
  hd764nw5d7e1vb1 justinbieber leavemealone mailcreated5240 masterbaiting masterbating masturbation maurolarastefy
  momsanaladventure needforspeed newproject2004 polniypizdec0211 pornographic qwerasdfzxcv sojdlg123aljg sonyericsson
  vfvfvskfhfve websolutions zxcasdqwe123
  `
    .trim()
    .split(/\s+/),
);
