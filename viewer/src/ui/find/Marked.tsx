/** Find the first place that is to be set off: from and to, or null. */
export type Highlight = (text: string) => readonly [number, number] | null;

interface Props {
  text: string;
  highlight: Highlight | null;
  /** Begin shortly before what is set off, where it lies deep in a long text. */
  around?: boolean;
}

const BEFORE = 36;

/** Text with what was searched for set off. */
export function Marked({ text, highlight, around = false }: Props) {
  const found = highlight?.(text);
  if (!found) return <>{text}</>;
  const [from, to] = found;
  const start = around && from > 2 * BEFORE ? wordStart(text, from - BEFORE) : 0;
  return (
    <>
      {start > 0 && "… "}
      {text.slice(start, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

function wordStart(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space >= 0 && space < from + BEFORE - 6 ? space + 1 : from;
}
