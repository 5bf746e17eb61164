/** ProblemText: a refusal inside a small form: what is wrong, each field, the way out. */
import type { Problem } from "~/api/http";

export function ProblemText({ problem }: { problem: Problem | undefined }): React.ReactNode {
  if (!problem) return null;
  const { errors = [], hint } = problem.body;
  return (
    <div role="alert" style={{ color: "var(--bad)" }}>
      <p>{problem.message}</p>
      {errors.map((error) => (
        <p key={error.path} className="small">
          {error.path}: {error.message}
        </p>
      ))}
      {hint && <p className="small muted">{hint}</p>}
    </div>
  );
}
