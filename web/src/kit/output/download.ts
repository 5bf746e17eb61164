/** Download: text as a file, and all that an activity printed, page by page. */
import { ask } from "~/api/http";
import type { OutputLine } from "~/api/types";

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[^\w.-]+/g, "-");
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const PAGE = 10_000;

/** Everything an activity printed, as it was written; a heading where a step begins. */
export async function wholeOutput(activity: string): Promise<string> {
  const parts: string[] = [];
  let step = "";
  let after = 0;
  for (;;) {
    const page = await ask<OutputLine[]>("GET", `/activity/${activity}/output`, {
      query: { after, limit: PAGE },
    });
    for (const piece of page) {
      if (piece.step !== step) {
        if (parts.length > 0 && !parts[parts.length - 1]?.endsWith("\n")) parts.push("\n");
        parts.push(`== ${piece.step} ==\n`);
      }
      step = piece.step;
      after = piece.seq;
      parts.push(piece.text);
    }
    if (page.length < PAGE) return parts.join("");
  }
}
