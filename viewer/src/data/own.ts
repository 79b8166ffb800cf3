/** Stands for the items' own colours where an address names a column. */
export const OWN_COLORS = "~own";
