/** Where: each page says in the top bar where one is: its title with counts, or the path to a resource. */
import { createContext, useContext, useEffect } from "react";
import { createPortal } from "react-dom";

export const WhereContext = createContext<HTMLElement | null>(null);

/** Shown at the left of the top bar; `title` is the browser tab's. */
export function Where({ title, children }: { title: string; children: React.ReactNode }): React.ReactNode {
  const place = useContext(WhereContext);
  useEffect(() => {
    document.title = title === "Monitor" ? title : `${title} · Monitor`;
  }, [title]);
  return place ? createPortal(children, place) : null;
}

/** A page's title with what counts there: `Servers 41 ● 40 ok`. */
export function PageTitle({
  title,
  children,
}: {
  title: string;
  children?: React.ReactNode;
}): React.ReactNode {
  return (
    <Where title={title}>
      <h1>{title}</h1>
      {children}
    </Where>
  );
}
