/** Mantine's theme, mapped to the tokens: one accent, small radii, 13 px text, controls of 28 px. */
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  SegmentedControl,
  Select,
  Tooltip,
} from "@mantine/core";

const violet: MantineColorsTuple = [
  "#f1f0ff",
  "#dedbff",
  "#c0bbff",
  "#a9a3ff",
  "#9a93ff",
  "#8a82f5",
  "#7067f0",
  "#635bdf",
  "#5049cc",
  "#4f46c8",
];

/** Mantine draws dark surfaces and lines from these; the tokens' own values in its order. */
const dark: MantineColorsTuple = [
  "#eceded",
  "#a9adb5",
  "#8f949e",
  "#8f949e",
  "#2f3238",
  "#212328",
  "#1a1c20",
  "#131417",
  "#0d0e10",
  "#0a0b0c",
];

const gray: MantineColorsTuple = [
  "#f6f6f7",
  "#eeeef1",
  "#e6e7ea",
  "#d2d4d9",
  "#d2d4d9",
  "#8f949e",
  "#62676f",
  "#4d525b",
  "#2f3238",
  "#17181b",
];

export const theme = createTheme({
  primaryColor: "violet",
  primaryShade: { light: 8, dark: 7 },
  colors: { violet, dark, gray },
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "14px", xl: "16px" },
  lineHeights: { xs: "16px", sm: "18px", md: "20px", lg: "20px", xl: "24px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "20px" },
  radius: { xs: "4px", sm: "6px", md: "6px", lg: "8px", xl: "14px" },
  defaultRadius: "sm",
  breakpoints: { xs: "360px", sm: "720px", md: "1024px", lg: "1180px", xl: "1440px" },
  focusRing: "auto",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: "compact-md", variant: "default" },
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: 28 } }),
    Input: Input.extend({ defaultProps: { size: "sm" } }),
    // In the page's landmark, with the focus on the first entry: a menu holds nothing but its entries. Where the page
    // has no room for all of them, they scroll: the page itself would take the menu away with its button.
    Menu: Menu.extend({
      defaultProps: {
        shadow: "md",
        position: "bottom-end",
        portalProps: { target: "#main" },
        withInitialFocusPlaceholder: false,
        middlewares: { flip: true, shift: true, size: { padding: 8 } },
      },
      styles: { dropdown: { overflowY: "auto" } },
    }),
    // The page never scrolls as a whole, so nothing behind a dialog has to be locked.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        radius: "lg",
        closeButtonProps: { "aria-label": "Close" },
        // A dialog's head is no landmark of the page.
        attributes: { header: { role: "presentation" } },
      },
    }),
    // Type and press Enter: what fits best is taken.
    Select: Select.extend({ defaultProps: { selectFirstOptionOnChange: true } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: "xs" } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withinPortal: true, multiline: true, maw: 360 },
    }),
  },
});

/** Mantine's own variables say what the tokens say, in both schemes. */
export const variables: CSSVariablesResolver = () => {
  const both = {
    "--mantine-color-body": "var(--bg)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-2)",
    "--mantine-color-placeholder": "var(--text-3)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--line-2)",
    "--mantine-color-dark-filled": "var(--surface)",
    "--mantine-shadow-md": "var(--shadow)",
    "--mantine-shadow-xl": "var(--shadow)",
    "--mantine-color-gray-text": "var(--text-2)",
    "--mantine-color-gray-light-color": "var(--text-2)",
    "--mantine-color-gray-light-hover": "var(--hover)",
    "--mantine-color-red-text": "var(--bad)",
  };
  return { variables: {}, dark: both, light: both };
};
