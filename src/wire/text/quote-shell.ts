/** A word as a POSIX shell reads it back (POSIX.1-2024, Shell Command Language §2.2): bare where that is safe. */
export function quoteShell(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // Double quotes read better around single ones, where nothing in it means something to the shell between them.
  if (word.includes("'") && !/["\\$`!]/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
