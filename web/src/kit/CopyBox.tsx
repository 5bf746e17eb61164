/** CopyBox: what is to be run elsewhere, and a button that copies it. */
import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import classes from "./CopyBox.module.css";

export function CopyBox(props: {
  text: string;
  label: string;
  /** It is of no use any more. */
  spent?: boolean;
  /** The one thing to do here. */
  primary?: boolean;
}): React.ReactNode {
  const { text, label, spent = false, primary = false } = props;
  const shown = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const icon = copied ? <IconCheck size={14} stroke={1.5} /> : <IconCopy size={14} stroke={1.5} />;
  return (
    <div className={classes.box} data-spent={spent || undefined}>
      <pre ref={shown} className={classes.text}>
        {text}
      </pre>
      <Button
        className={classes.copy}
        variant={primary && !copied ? "filled" : "default"}
        leftSection={icon}
        disabled={spent}
        aria-label={`${copied ? "Copied" : "Copy"}: ${label}`}
        onClick={() => void copy(text, shown.current).then(setCopied)}
      >
        {copied ? "Copied" : "Copy"}
      </Button>
      <span className="unseen" role="status">
        {copied ? "Copied" : ""}
      </span>
    </div>
  );
}

/** Browsers offer the clipboard only over HTTPS and on this machine; elsewhere the text is selected and copied the old way. */
async function copy(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (!shown) return false;
    getSelection()?.selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
