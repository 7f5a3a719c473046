// What processes run, as Linux tells in /proc.

import { readdirSync, readFileSync } from 'node:fs';

// childrenOf lists the ids of a process's children.
export function childrenOf(parent) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === parent).map(Number);
}

// parentOf reads the parent's id, the second field behind the name, which is in brackets.
function parentOf(id) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it has ended meanwhile
  }
}
