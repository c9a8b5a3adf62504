/** A name for the public: first and last character stay, what is between is masked; of two characters the second (张*, 张*明). */
export function maskName(name: string): string {
  const signs = [...name];
  const [first = '', ...rest] = signs;
  if (rest.length <= 1) return first + '*'.repeat(rest.length);
  return `${first}${'*'.repeat(rest.length - 1)}${rest.at(-1) ?? ''}`;
}
