/** Attempt: a request whose refusal is told in a toast. */
import { Problem } from "~/api/http";
import { toast } from "./toast";

/** Whether it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    toast.problem(failure);
    return false;
  }
}
