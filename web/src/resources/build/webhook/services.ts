/** Services: which fields of each are to be filled with what, to have it tell of pushes. */

export interface Service {
  id: string;
  label: string;
  /** Where its webhooks are. */
  where: string;
  /** Its own words for each field, and what goes there. */
  fields: readonly { field: string; value: string }[];
  docs: string;
}

const ADDRESS = "the address above";
const SECRET = "the secret";

export const SERVICES: readonly Service[] = [
  {
    id: "github",
    label: "GitHub",
    where: "Repository → Settings → Webhooks → Add webhook",
    fields: [
      { field: "Payload URL", value: ADDRESS },
      { field: "Content type", value: "application/json" },
      { field: "Secret", value: SECRET },
      { field: "Which events", value: "Just the push event" },
    ],
    docs: "https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks",
  },
  {
    id: "gitlab",
    label: "GitLab",
    where: "Project → Settings → Webhooks → Add new webhook",
    fields: [
      { field: "URL", value: ADDRESS },
      { field: "Secret token", value: `${SECRET}; where there is a signing token, better there` },
      { field: "Trigger", value: "Push events" },
    ],
    docs: "https://docs.gitlab.com/user/project/integrations/webhooks/",
  },
  {
    id: "gitea",
    label: "Gitea, Forgejo",
    where: "Repository → Settings → Webhooks → Add webhook → Gitea or Forgejo",
    fields: [
      { field: "Target URL", value: ADDRESS },
      { field: "HTTP method", value: "POST" },
      { field: "POST content type", value: "application/json" },
      { field: "Secret", value: SECRET },
      { field: "Trigger on", value: "Push events" },
    ],
    docs: "https://forgejo.org/docs/latest/user/webhooks/",
  },
  {
    id: "token",
    label: "Anything else",
    where: "A POST request, from a script or another service",
    fields: [
      { field: "Authorization header", value: "Bearer, and the secret" },
      { field: "or X-Monitor-Token header", value: SECRET },
      { field: "Body", value: 'none, or {"ref": "refs/heads/main"}' },
    ],
    docs: "",
  },
];
