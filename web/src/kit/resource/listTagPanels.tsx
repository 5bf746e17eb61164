/** Panels of the batch bar that add a tag to the chosen resources, or take one off. */
import { Autocomplete, Button } from "@mantine/core";
import { useState } from "react";
import type { Resource, TypeInfo } from "~/api/types";
import classes from "./listTagPanels.module.css";
import { saveTag, tagsOf, wrongTag } from "./listTags";

interface PanelProps {
  type: TypeInfo;
  resources: readonly Resource[];
  close: () => void;
}

export function AddTag(props: PanelProps & { known: readonly string[] }): React.ReactNode {
  const { type, resources, known, close } = props;
  const [text, setText] = useState("");
  const [asked, setAsked] = useState(false);
  const tag = text.trim();
  const wrong = wrongTag(tag);
  return (
    <form
      className={classes.panel}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (wrong) return;
        close();
        void saveTag(type, resources, tag, true);
      }}
    >
      <Autocomplete
        aria-label="Tag"
        placeholder="Tag"
        data={[...known]}
        limit={8}
        value={text}
        error={asked && wrong}
        onChange={setText}
        comboboxProps={{ withinPortal: false, position: "top" }}
        data-autofocus
      />
      <Button type="submit" variant="filled">
        Add to {resources.length}
      </Button>
    </form>
  );
}

export function RemoveTag({ type, resources, close }: PanelProps): React.ReactNode {
  return (
    <div className={classes.panel}>
      {tagsOf(resources).map(([tag, count]) => (
        <Button
          key={tag}
          variant="subtle"
          color="gray"
          justify="space-between"
          aria-label={`Remove tag ${tag} from ${count}`}
          rightSection={<span className="faint tiny">{count}</span>}
          onClick={() => {
            close();
            void saveTag(type, resources, tag, false);
          }}
        >
          {tag}
        </Button>
      ))}
    </div>
  );
}
