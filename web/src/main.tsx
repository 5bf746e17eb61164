/** Entry: styles, theme, and the gate that lets who is signed in to the app. */
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "~/theme/tokens.css";
import "~/theme/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Gate } from "~/app/Gate";
import { reloadOnMissingParts } from "~/app/parts";
import { Toasts } from "~/kit/toast";
import { theme, variables } from "~/theme/theme";

/** What a GET answered stays until an event says that it changed: nothing is asked again by the clock or by focus. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      refetchInterval: false,
      retry: false,
    },
  },
});

reloadOnMissingParts();

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// Dialogs style the page behind them through this.
setNonce(nonce);
const root = document.getElementById("root");

if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>
          <Toasts />
          <Gate />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
