/** The terrella: the mark of the pages that have no map to show. */
export function Globe({ turning = false }: { turning?: boolean }) {
  return (
    <svg
      class={turning ? "globe turning" : "globe"}
      viewBox="0 0 120 120"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="60" cy="60" r="46" />
      <ellipse cx="60" cy="60" rx="20" ry="46" transform="rotate(24 60 60)" />
      <path d="M17 44c24 15 61 24 88 20M22 86c20-7 48-6 74-1" />
    </svg>
  );
}
