import type { ArrayRef, Part } from "./manifest.ts";
import { damaged, type Source } from "./source.ts";

export type Values =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>;

const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array };

/** Called after each part: items first … first + count − 1 of `values` are now filled. */
export type OnPart = (values: Values, first: number, count: number) => void;

export interface ReadOptions {
  signal?: AbortSignal | undefined;
  onPart?: OnPart | undefined;
}

/**
 * Read an array (count × components, row by row) part by part, in display order. The first part has the line for itself: what
 * is painted first does not wait for what is painted later.
 * Raises MapError (not-found, offline, refused, damaged).
 */
export async function readArray(source: Source, ref: ArrayRef, options: ReadOptions = {}): Promise<Values> {
  const { components, count, parts } = ref;
  const values = new TYPES[ref.dtype](count * components);
  const stride = values.BYTES_PER_ELEMENT * components;
  const target = new Uint8Array(values.buffer);
  const read = async (part: Part) => {
    const place = target.subarray(part.first * stride, (part.first + part.count) * stride);
    await readBody(source, part, stride, place, options.signal);
  };
  const [head, ...others] = parts;
  await read(head);
  const reading = others.map(read);
  for (const body of reading) body.catch(() => undefined); // the loop below reports the first failure
  for (const [k, part] of parts.entries()) {
    if (k > 0) await reading[k - 1];
    options.onPart?.(values, part.first, part.count);
  }
  return values;
}

/** Read one part of an array: its items' rows, one after the other. */
export async function readPart(source: Source, ref: ArrayRef, part: Part): Promise<Values> {
  const values = new TYPES[ref.dtype](part.count * ref.components);
  const stride = values.BYTES_PER_ELEMENT * ref.components;
  await readBody(source, part, stride, new Uint8Array(values.buffer));
  return values;
}

/** Read a part's rows into their place. */
async function readBody(
  source: Source,
  part: Part,
  stride: number,
  place: Uint8Array,
  signal?: AbortSignal,
): Promise<void> {
  const stored = await source.bytes(part.path, part.bytes, signal);
  if (part.encoding === "raw") {
    place.set(checked(source, part, stride, stored));
    return;
  }
  const planes = await gunzip(stored).catch(() => {
    throw damaged(source.url(part.path), "it is not a whole gzip stream");
  });
  unplane(checked(source, part, stride, planes), part.count, stride, place);
}

function checked(source: Source, part: Part, stride: number, body: Uint8Array<ArrayBuffer>) {
  const expected = part.count * stride;
  if (body.length === expected) return body;
  throw damaged(source.url(part.path), `${part.count} items need ${expected} bytes, it holds ${body.length}`);
}

async function gunzip(stored: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([stored]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Put byte planes back into rows: (stride, count) → (count, stride).
 * Plane b holds byte b of every item, so that slowly varying high bytes compress well.
 */
export function unplane(planes: Uint8Array, count: number, stride: number, rows: Uint8Array): void {
  for (let b = 0; b < stride; b++) {
    const plane = b * count;
    for (let i = 0, to = b; i < count; i++, to += stride) rows[to] = planes[plane + i]!;
  }
}
