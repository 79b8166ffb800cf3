import type { ViewState } from "../../state.ts";

export const SEARCH_FIELD = "search-field";

/** Bring the reader to the search field, which a phone shows only then. */
export function focusSearch({ search }: ViewState): void {
  search.open.value = true;
  if (!select()) requestAnimationFrame(select);
}

function select(): boolean {
  const field = document.querySelector<HTMLInputElement>(`#${SEARCH_FIELD}`);
  field?.select();
  return field !== null;
}
