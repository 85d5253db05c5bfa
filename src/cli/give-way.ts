import { constants, setPriority } from "node:os";

/** Lets other processes go first where there are fewer cores than work: answers, where this one indexes. */
export function giveWay(pid?: number): void {
  try {
    setPriority(pid ?? 0, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the system does not allow it, it is as it was.
  }
}
