/** How every menu of a list is set up, beyond the theme: so that it stands in the page's landmark, with the focus on its first entry. */
export const MENU = {
  portalProps: { target: "main" },
  withInitialFocusPlaceholder: false,
} as const;
