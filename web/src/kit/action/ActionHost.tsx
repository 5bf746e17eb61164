/** ActionHost: where the dialogs of actions appear; once in the page. */
import { Modal } from "@mantine/core";
import { AnswerDialog } from "./AnswerDialog";
import { AskDialog } from "./AskDialog";
import classes from "./action.module.css";
import { openDialog, useDialog } from "./asked";
import { targetsOf } from "./words";

export function ActionHost(): React.ReactNode {
  const dialog = useDialog();
  const close = () => openDialog(undefined);
  const title =
    dialog?.at === "asking" ? `${dialog.offer.label} ${targetsOf(dialog.resources)}` : (dialog?.title ?? "");
  return (
    <Modal.Root opened={dialog !== undefined} onClose={close} size={440} centered lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content radius="lg">
        {/* Mantine's own head is a banner, and a page has only one. */}
        <div className={classes.head}>
          <Modal.Title className={classes.title ?? ""}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body className={classes.body ?? ""}>
          {dialog?.at === "asking" && <AskDialog key={title} {...dialog} close={close} />}
          {dialog?.at === "answered" && <AnswerDialog answer={dialog.answer} close={close} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
