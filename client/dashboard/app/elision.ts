/** “de” and “que” of a French sentence run into a name in it that begins with a vowel: “Alias d’Accounting”. */
export function elided(text: string): string {
  return text.replace(/\b(d|qu)e (?=[aeiouàâéèêëîïôù])/gi, '$1’');
}
