/** Mark: Monitor's sign. */
export function Mark(): React.ReactNode {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <rect x="1.5" y="2.5" width="17" height="15" rx="4" strokeOpacity=".4" />
      <path d="M5 11h2.2l1.9-4.5 2.4 7 1.7-4.5h1.8" />
    </svg>
  );
}
