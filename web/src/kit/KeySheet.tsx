/** KeySheet: every key there is, on one sheet. */
import { Modal } from "@mantine/core";
import { Fragment } from "react";
import classes from "./KeySheet.module.css";
import { ACKNOWLEDGE, PAGES, WAY_IN } from "./keys";

interface Key {
  /** Pressed together, or one after the other. */
  keys: readonly string[];
  /** The same by another key. */
  or?: readonly string[];
  does: string;
}

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const CTRL = MAC ? "⌘" : "Ctrl";

const SECTIONS: readonly { title: string; keys: readonly Key[] }[] = [
  {
    title: "Everywhere",
    keys: [
      { keys: [CTRL, "K"], does: "Search or run" },
      { keys: ["?"], does: "Show all keys" },
      { keys: ["["], does: "Fold the navigation" },
      { keys: [WAY_IN], does: "Into the drawer beside the page, and back" },
      { keys: ["Shift", ACKNOWLEDGE.toLowerCase()], does: "Acknowledge the alert in the drawer" },
      { keys: ["Esc"], does: "Close what is open" },
    ],
  },
  {
    title: "Go to",
    keys: Object.entries(PAGES).map(([key, { label }]) => ({ keys: ["g", key], does: label })),
  },
  {
    title: "In search or run",
    keys: [
      { keys: ["↑"], or: ["↓"], does: "Move" },
      { keys: ["↵"], does: "Open or run" },
      { keys: [CTRL, "↵"], does: "Open in a new tab" },
      { keys: ["Tab"], does: "Actions on the marked one" },
      { keys: [">"], does: "Actions only" },
    ],
  },
  {
    title: "In a list",
    keys: [
      { keys: ["/"], does: "Search" },
      { keys: ["j"], or: ["k"], does: "Down, up" },
      { keys: ["↵"], does: "Open" },
      { keys: ["x"], does: "Select" },
      { keys: ["Shift", "x"], does: "Select up to here" },
      { keys: ["a"], does: "Select all" },
      { keys: ["Esc"], does: "Clear the selection" },
    ],
  },
  {
    title: "In a form",
    keys: [
      { keys: [CTRL, "S"], does: "Review what is changed, or create" },
      { keys: ["↵"], does: "Save what is reviewed" },
      { keys: ["Esc"], does: "Back from the review" },
      { keys: [CTRL, "↵"], does: "Acknowledge, from its comment" },
    ],
  },
  {
    title: "In a terminal",
    keys: [
      { keys: ["Ctrl", "F6"], does: "Leave it, to the button that ends it" },
      { keys: ["Ctrl", "Shift", "C"], does: "Copy what is marked" },
    ],
  },
  {
    title: "In output and logs",
    keys: [
      { keys: ["/"], or: [CTRL, "f"], does: "Search" },
      { keys: ["n"], or: ["Shift", "n"], does: "Next, previous match" },
      { keys: ["j"], or: ["k"], does: "Next, previous line" },
      { keys: ["↵"], does: "Mark the line for its link" },
      { keys: ["f"], does: "Follow the end, or pause" },
    ],
  },
  {
    title: "In a chart",
    keys: [
      { keys: ["←"], or: ["→"], does: "Move the cross-hair" },
      { keys: ["Shift", "→"], does: "Move it in large steps" },
      { keys: ["+"], or: ["−"], does: "Zoom in, zoom out" },
      { keys: ["<"], or: [">"], does: "Earlier, later" },
      { keys: ["Esc"], does: "Back from what is zoomed" },
      { keys: ["↵"], does: "Open what is marked" },
    ],
  },
];

export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }): React.ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size={760}
      transitionProps={{ duration: 0 }}
      zIndex={400}
    >
      <div className={classes.sections}>
        {SECTIONS.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3 className={classes.title}>{title}</h3>
            <dl className={classes.keys}>
              {keys.map((key) => (
                <Fragment key={key.does}>
                  <dt>{key.does}</dt>
                  <dd>
                    <Combination keys={key.keys} />
                    {key.or && <Combination keys={key.or} />}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Combination({ keys }: { keys: readonly string[] }): React.ReactNode {
  return (
    <span className={classes.combination}>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
