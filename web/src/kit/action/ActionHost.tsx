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
    <Modal
      opened={dialog !== undefined}
      onClose={close}
      title={title}
      size={440}
      padding="lg"
      classNames={{ title: classes.title ?? "" }}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {dialog?.at === "asking" && <AskDialog key={title} {...dialog} close={close} />}
      {dialog?.at === "answered" && <AnswerDialog answer={dialog.answer} close={close} />}
    </Modal>
  );
}
