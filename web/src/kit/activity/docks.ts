/** Docks: from which width on the drawer stands beside the page. */
export const DRAWER_DOCKS = "(min-width: 1180px)";
/** Below this it fills the screen. */
export const DRAWER_FILLS = "(max-width: 720px)";
